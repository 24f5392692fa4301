// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace palabre::markup {

// Where a link of a comment may lead: an absolute http or https address, a mailto address, a path
// of the same site ("/x", not "//x"), or a place on the page ("#x"). `url` has its entities and
// backslash escapes already resolved. Refused are all others, and any with a control character:
// browsers drop tabs and line breaks from an address before they look for its scheme.
[[nodiscard]] bool is_allowed_target(std::string_view url) noexcept;

}  // namespace palabre::markup
