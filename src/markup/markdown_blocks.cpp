// SPDX-License-Identifier: Apache-2.0
#include "markup/markdown_blocks.hpp"

#include <algorithm>
#include <cstddef>

namespace palabre::markup {

namespace {

template <class Prefix>
std::string prefix_lines(std::string_view text, Prefix prefix_of_line) {
    std::string out;
    bool first = true;
    while (true) {
        const auto end = text.find('\n');
        const auto line = text.substr(0, end);
        out += prefix_of_line(line, first);
        out += line;
        if (end == std::string_view::npos) return out;
        out += '\n';
        text.remove_prefix(end + 1);
        first = false;
    }
}

// Whether a block may begin on the line after another without becoming part of it.
bool may_follow_closely(const block& before, const block& next) {
    if (before.kind != block_kind::paragraph && before.kind != block_kind::code) return false;
    switch (next.kind) {
        case block_kind::code:
        case block_kind::quote:
        case block_kind::bullet_list:
            return true;
        case block_kind::ordered_list:
            return next.starts_at_one;
        default:
            return before.kind == block_kind::code && next.kind == block_kind::paragraph;
    }
}

std::string join_item(const blocks& parts, spacing between) {
    std::string out;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0) {
            const bool close =
                between == spacing::tight && may_follow_closely(parts[i - 1], parts[i]);
            out += close ? "\n" : "\n\n";
        }
        out += parts[i].text;
    }
    return out;
}

// Lines after the first are indented to where the first one starts; empty lines stay empty.
std::string make_item(const blocks& parts, spacing between, std::string_view marker) {
    const std::string indent(marker.size(), ' ');
    return prefix_lines(join_item(parts, between), [&](std::string_view line, bool first) {
        if (first) return std::string(marker);
        return line.empty() ? std::string() : indent;
    });
}

std::string_view marker_row_cell(column_alignment alignment) {
    switch (alignment) {
        case column_alignment::left:
            return " :--- |";
        case column_alignment::centre:
            return " :---: |";
        case column_alignment::right:
            return " ---: |";
        case column_alignment::none:
            return " --- |";
    }
    return " --- |";
}

}  // namespace

std::string join_blocks(const blocks& parts) {
    return join_item(parts, spacing::loose);
}

block make_code_block(std::string_view code, std::string_view language) {
    std::size_t longest = 0;
    std::size_t run = 0;
    for (const char c : code) {
        run = c == '`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    const std::string fence(std::max<std::size_t>(3, longest + 1), '`');
    std::string text = fence + std::string(language) + "\n" + std::string(code);
    if (!code.empty() && code.back() != '\n') text += '\n';
    return {.kind = block_kind::code, .text = text + fence};
}

block make_quote(const blocks& inside) {
    const auto prefix = [](std::string_view line, bool) { return line.empty() ? ">" : "> "; };
    return {.kind = block_kind::quote, .text = prefix_lines(join_blocks(inside), prefix)};
}

block make_bullet_list(const std::vector<blocks>& items, spacing between, const block* before) {
    block list{.kind = block_kind::bullet_list};
    list.second_marker = before != nullptr && before->kind == list.kind && !before->second_marker;
    for (const auto& item : items) {
        if (!list.text.empty()) list.text += between == spacing::tight ? "\n" : "\n\n";
        list.text += make_item(item, between, list.second_marker ? "+ " : "- ");
    }
    return list;
}

block make_ordered_list(
    const std::vector<blocks>& items, spacing between, std::int32_t start, const block* before
) {
    block list{.kind = block_kind::ordered_list, .starts_at_one = start == 1};
    list.second_marker = before != nullptr && before->kind == list.kind && !before->second_marker;
    auto number = static_cast<std::int64_t>(start);
    for (const auto& item : items) {
        if (!list.text.empty()) list.text += between == spacing::tight ? "\n" : "\n\n";
        const auto marker = std::to_string(number++) + (list.second_marker ? ") " : ". ");
        list.text += make_item(item, between, marker);
    }
    return list;
}

block make_table(
    const std::vector<std::vector<std::string>>& rows, const std::vector<column_alignment>& columns
) {
    std::string text;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        text += i == 0 ? "|" : "\n|";
        for (std::size_t column = 0; column < columns.size(); ++column) {
            text += " " + (column < rows[i].size() ? rows[i][column] : std::string()) + " |";
        }
        if (i > 0) continue;
        text += "\n|";
        for (const auto alignment : columns)
            text += marker_row_cell(alignment);
    }
    return {.kind = block_kind::other, .text = std::move(text)};
}

}  // namespace palabre::markup
