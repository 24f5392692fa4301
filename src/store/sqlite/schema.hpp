// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/sqlite/database.hpp"

#include <cstdint>

namespace palabre::store {

// Marks a SQLite file as ours, in its header: "Plbr".
inline constexpr std::int64_t application_id = 0x506c'6272;

// The version of the tables that this program writes. Kept in the file as PRAGMA user_version.
inline constexpr std::int64_t schema_version = 6;

// Brings the tables from whatever version the file has to `target`, one transaction per version.
// Data is kept. Another process may do the same meanwhile. Throws store_error: the file is of a
// newer version, or cannot be written.
void migrate(database& db, std::int64_t target = schema_version);

// Throws the store_error for a file whose version is not known.
[[noreturn]] void refuse_version(std::int64_t found);

}  // namespace palabre::store
