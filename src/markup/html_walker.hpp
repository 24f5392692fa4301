// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "markup/from_html.hpp"
#include "markup/inline_run.hpp"
#include "markup/markdown_blocks.hpp"

#include <gumbo.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace palabre::markup {

// Walks a parsed HTML fragment and writes it as Markdown. For one fragment each.
class html_walker {
public:
    explicit html_walker(newlines meaning) : newlines_(meaning) {}

    [[nodiscard]] std::string walk(const GumboNode& root);

private:
    void visit(const GumboNode& node);
    void visit_children(const GumboNode& node);
    void visit_element(const GumboNode& element);
    void visit_inline(const GumboNode& element);
    void visit_text(std::string_view text);

    void write_span(const GumboNode& element, span_kind kind);
    void write_link(const GumboNode& element);
    void write_image(const GumboNode& element);
    void write_code(const GumboNode& element);
    void write_raised(const GumboNode& element, std::string_view digits, std::string_view sign);
    void write_code_block(const GumboNode& element);
    void write_quote(const GumboNode& element);
    void write_list(const GumboNode& element);
    void write_table(const GumboNode& element);
    void write_strong_block(const GumboNode& element);

    void write_flattened(const GumboNode& element);

    [[nodiscard]] blocks blocks_inside(const GumboNode& element);
    [[nodiscard]] blocks blocks_of_stray(const GumboNode& element);
    [[nodiscard]] std::string cell_text(const GumboNode& cell);
    void end_paragraph();
    [[nodiscard]] place here() const { return in_cell_ ? place::table_cell : place::paragraph; }

    newlines newlines_;
    inline_run run_;
    blocks blocks_;
    std::uint32_t spans_ = 0;  // made so far, to number them
    int depth_ = 0;            // elements around the present one
    int containers_ = 0;       // quotes and list items around it
    bool in_cell_ = false;     // blocks are words there
};

}  // namespace palabre::markup
