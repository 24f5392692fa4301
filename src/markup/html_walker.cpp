// SPDX-License-Identifier: Apache-2.0
#include "markup/html_walker.hpp"

#include "markup/character_filter.hpp"
#include "markup/gumbo_reading.hpp"
#include "markup/html_table.hpp"
#include "markup/link_target.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <utility>

namespace palabre::markup {

namespace {

// Elements nested deeper are flattened to their text: this walker recurses, and no honest comment
// comes near.
constexpr int depth_max = 200;

constexpr std::size_t language_name_bytes_max = 30;

// The last number that a Markdown list may show has nine digits; a thousand items fit below it.
constexpr std::int32_t list_start_max = 999'000'000;

bool is_blank(std::string_view text) {
    return std::ranges::all_of(text, [](char c) {
        return is_ascii_space(static_cast<unsigned char>(c));
    });
}

// The language of a code block: class "language-x" or "lang-x", as most sites have it, or
// WordPress' "brush: x".
std::string language_of(const GumboNode& element) {
    auto classes = attribute_of(element, "class");
    for (const std::string_view prefix : {"language-", "lang-", "brush:"}) {
        const auto at = classes.find(prefix);
        if (at == std::string::npos) continue;
        auto name = std::string_view(classes).substr(at + prefix.size());
        name.remove_prefix(std::min(name.find_first_not_of(' '), name.size()));
        name = name.substr(0, name.find_first_of(" ;\t\n"));
        const auto fits = [](char c) {
            return is_ascii_alphanumeric(static_cast<unsigned char>(c)) ||
                   std::string_view("+-#._").find(c) != std::string_view::npos;
        };
        if (name.size() <= language_name_bytes_max && std::ranges::all_of(name, fits)) {
            return std::string(name);
        }
    }
    return {};
}

std::int32_t start_of(const GumboNode& list) {
    const auto text = attribute_of(list, "start");
    std::int32_t start = 1;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), start);
    if (read.ec != std::errc() || start < 0 || start > list_start_max) return 1;
    return start;
}

bool has_child(const GumboNode& element, GumboTag tag) {
    const auto& children = children_of(element);
    for (unsigned i = 0; i < children.length; ++i) {
        if (tag_of(*static_cast<const GumboNode*>(children.data[i])) == tag) return true;
    }
    return false;
}

// Pictures of faces stand for the characters they replaced.
bool is_smiley(const GumboNode& image) {
    const auto classes = attribute_of(image, "class");
    return classes.find("smiley") != std::string::npos ||
           classes.find("emoji") != std::string::npos;
}

}  // namespace

std::string html_walker::walk(const GumboNode& root) {
    visit_children(root);
    end_paragraph();
    return join_blocks(blocks_);
}

void html_walker::visit_children(const GumboNode& node) {
    const auto& children = children_of(node);
    for (unsigned i = 0; i < children.length; ++i) {
        visit(*static_cast<const GumboNode*>(children.data[i]));
    }
}

void html_walker::visit(const GumboNode& node) {
    if (!is_element(node)) return visit_text(keep_plain_characters(text_of(node)));
    if (is_dropped(tag_of(node))) return;
    if (depth_ >= depth_max) return visit_text(text_below(node));
    ++depth_;
    visit_element(node);
    --depth_;
}

void html_walker::visit_text(std::string_view text) {
    if (newlines_ == newlines::are_breaks) {
        run_.add_text_with_breaks(text);
    } else {
        run_.add_text(text);
    }
}

void html_walker::visit_element(const GumboNode& element) {
    switch (tag_of(element)) {
        case GUMBO_TAG_H1:
        case GUMBO_TAG_H2:
        case GUMBO_TAG_H3:
        case GUMBO_TAG_H4:
        case GUMBO_TAG_H5:
        case GUMBO_TAG_H6:
        case GUMBO_TAG_DT:
            return write_strong_block(element);
        case GUMBO_TAG_UL:
        case GUMBO_TAG_MENU:
        case GUMBO_TAG_OL:
            return write_list(element);
        case GUMBO_TAG_BLOCKQUOTE:
            return write_quote(element);
        case GUMBO_TAG_PRE:
        case GUMBO_TAG_LISTING:
        case GUMBO_TAG_XMP:
            return write_code_block(element);
        case GUMBO_TAG_TABLE:
            return write_table(element);
        case GUMBO_TAG_HR:
            end_paragraph();
            if (!in_cell_) blocks_.push_back({.kind = block_kind::other, .text = "***"});
            return;
        default:
            break;
    }
    if (!is_block(tag_of(element))) return visit_inline(element);
    end_paragraph();
    visit_children(element);
    end_paragraph();
}

void html_walker::visit_inline(const GumboNode& element) {
    switch (tag_of(element)) {
        case GUMBO_TAG_EM:
        case GUMBO_TAG_I:
            return write_span(element, span_kind::emphasis);
        case GUMBO_TAG_STRONG:
        case GUMBO_TAG_B:
            return write_span(element, span_kind::strong);
        case GUMBO_TAG_DEL:
        case GUMBO_TAG_S:
        case GUMBO_TAG_STRIKE:
            return write_span(element, span_kind::deleted);
        case GUMBO_TAG_A:
            return write_link(element);
        case GUMBO_TAG_IMG:
            return write_image(element);
        case GUMBO_TAG_CODE:
        case GUMBO_TAG_TT:
        case GUMBO_TAG_KBD:
        case GUMBO_TAG_SAMP:
            return write_code(element);
        case GUMBO_TAG_SUP:
            return write_raised(element, "⁰¹²³⁴⁵⁶⁷⁸⁹", "^");
        case GUMBO_TAG_SUB:
            return write_raised(element, "₀₁₂₃₄₅₆₇₈₉", "_");
        case GUMBO_TAG_BR:
            return run_.add_line_break();
        default:
            return visit_children(element);
    }
}

void html_walker::write_span(const GumboNode& element, span_kind kind) {
    if (run_.is_inside(kind)) return visit_children(element);
    run_.open({.kind = kind, .id = ++spans_, .target = {}, .title = {}});
    visit_children(element);
    run_.close();
}

void html_walker::write_link(const GumboNode& element) {
    auto target = attribute_of(element, "href");
    if (run_.is_inside(span_kind::link) || !is_allowed_target(target)) {
        return visit_children(element);
    }
    run_.open(
        {.kind = span_kind::link,
         .id = ++spans_,
         .target = std::move(target),
         .title = attribute_of(element, "title")}
    );
    visit_children(element);
    run_.close();
}

void html_walker::write_image(const GumboNode& element) {
    const auto target = attribute_of(element, "src");
    const auto alternative = attribute_of(element, "alt");
    if (run_.is_inside(span_kind::link) || !is_allowed_target(target) || is_smiley(element)) {
        return run_.add_text(alternative);
    }
    run_.add_image(target, alternative);
}

// WordPress users put several lines between <code> and </code>.
void html_walker::write_code(const GumboNode& element) {
    const auto code = text_below(element);
    const bool lines = newlines_ == newlines::are_breaks && !in_cell_ &&
                       code.find('\n') != std::string::npos && !is_blank(code);
    if (!lines) return run_.add_code(code, here());
    end_paragraph();
    const auto first = code.find_first_not_of('\n');
    blocks_.push_back(make_code_block(std::string_view(code).substr(first), language_of(element)));
}

// "10<sup>6</sup>" must not become 106.
void html_walker::write_raised(
    const GumboNode& element, std::string_view digits, std::string_view sign
) {
    const auto text = text_below(element);
    const auto is_digit = [](char c) { return is_ascii_digit(static_cast<unsigned char>(c)); };
    if (text.empty()) return;
    if (!std::ranges::all_of(text, is_digit)) {
        run_.add_text(sign);
        run_.add_text("(");
        visit_children(element);
        return run_.add_text(")");
    }
    std::vector<std::string> raised;
    for (auto rest = digits; !rest.empty();) {
        const auto bytes = first_code_point(rest).bytes;
        raised.emplace_back(rest.substr(0, bytes));
        rest.remove_prefix(bytes);
    }
    for (const char c : text)
        run_.add_text(raised[static_cast<std::size_t>(c - '0')]);
}

void html_walker::write_code_block(const GumboNode& element) {
    if (in_cell_) return run_.add_code(text_below(element), here());
    end_paragraph();
    auto language = language_of(element);
    const auto& children = children_of(element);
    for (unsigned i = 0; i < children.length && language.empty(); ++i) {
        const auto& child = *static_cast<const GumboNode*>(children.data[i]);
        if (tag_of(child) == GUMBO_TAG_CODE) language = language_of(child);
    }
    blocks_.push_back(make_code_block(text_below(element), language));
}

void html_walker::write_strong_block(const GumboNode& element) {
    end_paragraph();
    write_span(element, span_kind::strong);
    end_paragraph();
}

void html_walker::write_flattened(const GumboNode& element) {
    visit_children(element);
    end_paragraph();
}

blocks html_walker::blocks_inside(const GumboNode& element) {
    auto outer = std::exchange(blocks_, {});
    visit_children(element);
    end_paragraph();
    return std::exchange(blocks_, std::move(outer));
}

// What stands in a list without being an item is shown as one.
blocks html_walker::blocks_of_stray(const GumboNode& element) {
    auto outer = std::exchange(blocks_, {});
    visit(element);
    end_paragraph();
    return std::exchange(blocks_, std::move(outer));
}

void html_walker::write_quote(const GumboNode& element) {
    end_paragraph();
    if (in_cell_ || containers_ >= nested_containers_max) {
        return write_flattened(element);
    }
    ++containers_;
    const auto inside = blocks_inside(element);
    --containers_;
    if (!inside.empty()) blocks_.push_back(make_quote(inside));
}

void html_walker::write_list(const GumboNode& element) {
    end_paragraph();
    if (in_cell_ || containers_ >= nested_containers_max) {
        return write_flattened(element);
    }
    std::vector<blocks> items;
    auto between = spacing::tight;
    const auto& children = children_of(element);
    ++containers_;
    for (unsigned i = 0; i < children.length; ++i) {
        const auto& child = *static_cast<const GumboNode*>(children.data[i]);
        if (!is_element(child) || is_dropped(tag_of(child))) continue;
        const bool is_item = tag_of(child) == GUMBO_TAG_LI;
        auto inside = is_item ? blocks_inside(child) : blocks_of_stray(child);
        if (is_item && has_child(child, GUMBO_TAG_P)) between = spacing::loose;
        if (!inside.empty()) items.push_back(std::move(inside));
    }
    --containers_;
    if (items.empty()) return;
    const block* before = blocks_.empty() ? nullptr : &blocks_.back();
    blocks_.push_back(
        tag_of(element) == GUMBO_TAG_OL
            ? make_ordered_list(items, between, start_of(element), before)
            : make_bullet_list(items, between, before)
    );
}

std::string html_walker::cell_text(const GumboNode& cell) {
    in_cell_ = true;
    visit_children(cell);
    in_cell_ = false;
    const auto lines = run_.take_paragraphs(place::table_cell);
    return lines.empty() ? std::string() : lines.front();
}

void html_walker::write_table(const GumboNode& element) {
    end_paragraph();
    const auto shape = shape_of(element);
    if (in_cell_ || !shape.simple || shape.rows.empty()) {
        return write_flattened(element);
    }
    std::vector<std::vector<std::string>> rows;
    std::vector<column_alignment> columns;
    if (!shape.has_header) rows.emplace_back();
    for (const auto& cells : shape.rows) {
        auto& row = rows.emplace_back();
        for (const auto* cell : cells) {
            if (row.size() >= columns.size()) columns.push_back(alignment_of(*cell));
            row.push_back(cell_text(*cell));
        }
    }
    blocks_.push_back(make_table(rows, columns));
}

void html_walker::end_paragraph() {
    // A paragraph inside a cell is told from the next by a break, which cells write as a space.
    if (in_cell_) return run_.add_line_break();
    for (auto& text : run_.take_paragraphs(place::paragraph)) {
        blocks_.push_back({.kind = block_kind::paragraph, .text = std::move(text)});
    }
}

}  // namespace palabre::markup
