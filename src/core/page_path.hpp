// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace palabre {

// The one name of a page, from its URL or path, so that variants of an address make no new thread:
// scheme, host, query and fragment are dropped, empty and dot segments removed (RFC 3986 §5.2.4), a
// trailing slash and a trailing "index.html" dropped, percent-encoding normalised (RFC 3986
// §6.2.2). "https://a.example//blog/x/?utm_source=y#z" becomes "/blog/x". Always starts with a
// slash. The widget has the same function; contract/page-paths.json holds both to one table.
[[nodiscard]] std::string fold_page_path(std::string_view url_or_path);

}  // namespace palabre
