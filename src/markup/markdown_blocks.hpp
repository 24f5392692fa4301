// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace palabre::markup {

enum class block_kind : std::uint8_t { paragraph, code, quote, bullet_list, ordered_list, other };

// One block as Markdown, without a line feed at its end.
struct block {
    block_kind kind = block_kind::paragraph;
    std::string text{};
    bool starts_at_one = false;  // of an ordered list
    bool second_marker = false;  // of a list: written with its other marker
};

using blocks = std::vector<block>;

enum class column_alignment : std::uint8_t { none, left, centre, right };

enum class spacing : std::uint8_t { tight, loose };

// The blocks one after the other, with an empty line between any two.
[[nodiscard]] std::string join_blocks(const blocks& parts);

[[nodiscard]] block make_code_block(std::string_view code, std::string_view language);
[[nodiscard]] block make_quote(const blocks& inside);

// `items` must not hold an empty one. `before` is the block in front of the list, or null: two
// lists in a row need different markers to stay two.
[[nodiscard]] block make_bullet_list(
    const std::vector<blocks>& items, spacing between, const block* before
);
[[nodiscard]] block make_ordered_list(
    const std::vector<blocks>& items, spacing between, std::int32_t start, const block* before
);

// Cells are Markdown of one line. The first row is the header.
[[nodiscard]] block make_table(
    const std::vector<std::vector<std::string>>& rows, const std::vector<column_alignment>& columns
);

}  // namespace palabre::markup
