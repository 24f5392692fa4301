// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ports/comment_store.hpp"

#include <cstdint>
#include <span>
#include <stop_token>

namespace palabre {

// Renders anew every comment whose HTML was made by another version of the renderer, in batches,
// until none is left or a stop is asked for. Safe beside posts and reads, and safe to run again
// after a crash. Returns how many it rendered. Throws store_error.
std::uint64_t rerender_comments(comment_store& store, const std::stop_token& stop);

// The same for those that are about to be shown, where nothing runs in the background: none is
// shown as an older renderer made it. What a newer one made stays, so that two versions that serve
// side by side for a while do not undo each other's work. A store that takes no writes just now is
// left for the next reader.
void rerender_before_showing(comment_store& store, std::span<comment> shown);

}  // namespace palabre
