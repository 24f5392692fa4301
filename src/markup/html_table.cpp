// SPDX-License-Identifier: Apache-2.0
#include "markup/html_table.hpp"

#include "markup/gumbo_reading.hpp"

#include <string>
#include <utility>

namespace palabre::markup {

namespace {

bool spans_cells(const GumboNode& cell) {
    const auto spans = [&](const char* name) {
        const auto value = attribute_of(cell, name);
        return !value.empty() && value != "1";
    };
    return spans("colspan") || spans("rowspan");
}

void read_row(const GumboNode& row, table_shape& shape) {
    std::vector<const GumboNode*> cells;
    const auto& children = children_of(row);
    for (unsigned i = 0; i < children.length; ++i) {
        const auto& cell = *static_cast<const GumboNode*>(children.data[i]);
        const auto tag = tag_of(cell);
        if (tag != GUMBO_TAG_TD && tag != GUMBO_TAG_TH) continue;
        if (shape.rows.empty() && tag == GUMBO_TAG_TH) shape.has_header = true;
        const bool plain = !spans_cells(cell) && !has_below(
                                                     cell,
                                                     {GUMBO_TAG_UL,
                                                      GUMBO_TAG_OL,
                                                      GUMBO_TAG_PRE,
                                                      GUMBO_TAG_BLOCKQUOTE,
                                                      GUMBO_TAG_TABLE,
                                                      GUMBO_TAG_HR,
                                                      GUMBO_TAG_DL}
                                                 );
        shape.simple = shape.simple && plain;
        cells.push_back(&cell);
    }
    if (!cells.empty()) shape.rows.push_back(std::move(cells));
}

}  // namespace

// Rows stand in the table or one level deeper; the parser sees to that.
table_shape shape_of(const GumboNode& table) {
    table_shape shape;
    const auto& children = children_of(table);
    for (unsigned i = 0; i < children.length; ++i) {
        const auto& part = *static_cast<const GumboNode*>(children.data[i]);
        if (tag_of(part) == GUMBO_TAG_TR) read_row(part, shape);
        if (tag_of(part) == GUMBO_TAG_CAPTION) shape.simple = false;
        const auto& rows = children_of(part);
        for (unsigned j = 0; j < rows.length; ++j) {
            const auto& row = *static_cast<const GumboNode*>(rows.data[j]);
            if (tag_of(row) == GUMBO_TAG_TR) read_row(row, shape);
        }
    }
    return shape;
}

column_alignment alignment_of(const GumboNode& cell) {
    const auto said = attribute_of(cell, "align") + " " + attribute_of(cell, "style");
    if (said.find("center") != std::string::npos) return column_alignment::centre;
    if (said.find("right") != std::string::npos) return column_alignment::right;
    if (said.find("left") != std::string::npos) return column_alignment::left;
    return column_alignment::none;
}

}  // namespace palabre::markup
