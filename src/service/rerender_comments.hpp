// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ports/comment_store.hpp"

#include <cstdint>
#include <stop_token>

namespace palabre {

// Renders anew every comment whose HTML was made by another version of the renderer, in batches,
// until none is left or a stop is asked for. Safe beside posts and reads, and safe to run again
// after a crash. Returns how many it rendered. Throws store_error.
std::uint64_t rerender_comments(comment_store& store, const std::stop_token& stop);

}  // namespace palabre
