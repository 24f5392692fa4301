// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace palabre::markup {

// What a line feed in the text of an HTML comment means.
enum class newlines {
    are_space,   // nothing, as HTML has it: Disqus writes <p> and <br>
    are_breaks,  // WordPress: one is a line break, two are a new paragraph
};

// Quotes and list items inside one another that are kept as such. With the four kinds of spans
// inside them, what from_html writes stays within limits::markup_depth.
inline constexpr int nested_containers_max = 20;

// Markup with more elements than this is flattened to its text: gumbo recurses on depth, and no
// honest comment comes near.
inline constexpr int elements_max = 5'000;

// HTML of a comment in another engine to Markdown that markup::render turns into the same thing to
// a reader's eye: paragraphs, line breaks, emphasis, links, lists, quotes, code, tables. Text that
// happens to look like Markdown is escaped. Scripts and styles are dropped with their content,
// unknown elements keep their content, images become links. Never fails: any bytes give valid
// UTF-8 without what core/text.hpp finds a problem (broken sequences become U+FFFD, controls and
// bidi overrides are dropped), and render() accepts the result at limits::markup_depth. Elements
// nested deeper than 200 are flattened, and so are quotes and lists beyond nested_containers_max.
// Thread-safe.
[[nodiscard]] std::string from_html(std::string_view html, newlines meaning);

}  // namespace palabre::markup
