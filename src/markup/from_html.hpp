// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace palabre::markup {

// HTML of a comment in another engine to Markdown that markup::render turns into the same thing to
// a reader's eye: paragraphs, line breaks, emphasis, links, lists, quotes, code, tables. Text that
// happens to look like Markdown is escaped. Scripts and styles are dropped with their content,
// unknown elements keep their content, images become links. Never fails: any bytes give valid
// UTF-8 (broken sequences become U+FFFD). Elements nested deeper than 200 are flattened.
// Thread-safe.
[[nodiscard]] std::string from_html(std::string_view html);

}  // namespace palabre::markup
