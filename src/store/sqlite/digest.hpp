// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

struct sqlite3;

namespace palabre::store {

// Of a digest, what is kept: the chance that damage leaves it the same is one in 2^64.
inline constexpr std::size_t digest_bytes = 8;

// Teaches a connection palabre_digest(value, …), which gives the first digest_bytes of SHA-256 over
// the values: for each its kind ("n" for NULL, "i", "t", "b"), its length and its bytes; numbers
// are eight bytes, the least significant first. SQLite itself has no checksums of what it stores
// (docs/decisions/0011-noticing-damage.md). Throws sqlite_error.
void add_digest_function(sqlite3* connection);

}  // namespace palabre::store
