// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace palabre::markup {

// Where words stand that are written as Markdown.
struct word_context {
    bool starts_line = false;   // nothing but spaces stands before them on their line
    bool before_blank = false;  // white space follows, or nothing
    bool in_link = false;       // bare links are words there
    bool in_table = false;      // '|' would end the cell
    bool refer_first = false;   // write the first character as a character reference
    bool refer_last = false;    // and the last one
};

// Words without line feeds as Markdown that renders as exactly these words. Addresses that the
// renderer would make links of are written as links, so that no escape can end up in them.
[[nodiscard]] std::string escape_words(std::string_view words, const word_context& context);

}  // namespace palabre::markup
