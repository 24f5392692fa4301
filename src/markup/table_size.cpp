// SPDX-License-Identifier: Apache-2.0
#include "markup/table_size.hpp"

#include <algorithm>
#include <cstddef>

namespace palabre::markup {

namespace {

// A small table with empty ends of rows has more cells than characters, and does no harm.
constexpr std::size_t harmless_cells = 2'000;

bool consists_of(std::string_view line, std::string_view characters) noexcept {
    return line.find_first_not_of(characters) == std::string_view::npos;
}

// The columns that a line makes if it is the row of dashes under a header, else 0. Inside quotes
// and lists such a row starts with '>' and spaces.
std::size_t columns_of_marker_row(std::string_view line) noexcept {
    if (!consists_of(line, " \t\v\f>|:-")) return 0;
    return static_cast<std::size_t>(std::ranges::count(line, '|')) + 1;
}

}  // namespace

bool tables_may_explode(std::string_view text) noexcept {
    const auto cells_max = std::max(harmless_cells, text.size());
    std::size_t cells = 0;
    std::size_t columns = 0;
    while (!text.empty()) {
        const auto end = std::min(text.find_first_of("\r\n"), text.size());
        const auto line = text.substr(0, end);
        // A row that looks like a marker row does not end its table: the widest counts until a
        // blank line, which ends every table.
        columns = consists_of(line, " \t>") ? 0 : std::max(columns, columns_of_marker_row(line));
        cells += columns;
        if (cells > cells_max) return true;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return false;
}

}  // namespace palabre::markup
