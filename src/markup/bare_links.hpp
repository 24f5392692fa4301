// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

struct cmark_syntax_extension;

namespace palabre::markup {

enum class brackets { part_of_url, end_of_url };

// How many bytes at the front of `text` are a bare link: "http://…", "https://…" or "www.…" up to
// white space, quotation marks or anything else that ends an address in prose, less the
// punctuation that belongs to the sentence. 0 when there is none. `before` is the byte in front of
// the text, or a space at its beginning.
[[nodiscard]] std::size_t bare_link_length(
    std::string_view text, char before, brackets meaning
) noexcept;

// A cmark-gfm extension that makes links of bare links. Used instead of cmark-gfm's "autolink",
// which before 0.29.0.gfm.7 reads in front of its buffer (CVE-2023-22485) and takes quadratic time,
// swallows the no-break space of French quotation marks, and publishes e-mail addresses.
// Made once, on the first call; thread-safe.
[[nodiscard]] cmark_syntax_extension* bare_links_extension();

}  // namespace palabre::markup
