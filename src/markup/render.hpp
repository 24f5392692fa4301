// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace palabre::markup {

// Raised whenever the same Markdown would give other HTML, by our rules or by cmark-gfm's. Stored
// comments of an older version are rendered anew in the background.
inline constexpr std::uint32_t renderer_version = 1;

enum class render_problem { too_deep };

// GitHub-flavoured Markdown (tables, strikethrough, bare links) to HTML that is safe to insert into
// a page. `text` must be valid UTF-8. What makes it safe:
// - raw HTML is shown as the text it is, never live;
// - links go to http, https, mailto, or a path of the same site, and carry
//   rel="nofollow ugc noopener"; others lose the link and keep their words;
// - images become links, so that reading a comment tells nobody about the reader;
// - headings become bold paragraphs, so that the outline of the page stays its owner's.
// A line break in the source is a line break on the page.
// too_deep when quotes, list items and spans nest beyond `depth_max`.
// Thread-safe, but cmark-gfm lets a process parse one text at a time, so calls may wait for others.
// Takes time linear in the text for all but hostile input, so call it off the event loop.
[[nodiscard]] std::expected<std::string, render_problem> render(
    std::string_view text, std::uint32_t depth_max
);

}  // namespace palabre::markup
