// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "markup/markdown_blocks.hpp"

#include <gumbo.h>

#include <vector>

namespace palabre::markup {

// The cells of an HTML table, as nodes of the tree it was read from.
struct table_shape {
    std::vector<std::vector<const GumboNode*>> rows;
    bool has_header = false;
    bool simple = true;  // no caption, and no cell spans others or holds more than words
};

[[nodiscard]] table_shape shape_of(const GumboNode& table);

[[nodiscard]] column_alignment alignment_of(const GumboNode& cell);

}  // namespace palabre::markup
