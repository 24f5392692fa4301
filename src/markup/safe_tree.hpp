// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "markup/render.hpp"

#include <cstddef>
#include <cstdint>
#include <expected>

struct cmark_node;

namespace palabre::markup {

struct tree_limits {
    std::uint32_t depth_max;       // quotes, list items and spans inside one another
    std::size_t target_bytes_max;  // of all link targets together; links beyond it are unlinked
};

// Changes a parsed comment so that printing it gives what render.hpp promises: no raw HTML, no
// image, no heading, no link to a place that is not allowed, no link inside a link. Never recurses.
[[nodiscard]] std::expected<void, render_problem> make_tree_safe(
    cmark_node* document, const tree_limits& limits
);

}  // namespace palabre::markup
