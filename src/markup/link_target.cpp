// SPDX-License-Identifier: Apache-2.0
#include "markup/link_target.hpp"

#include "markup/character_filter.hpp"

#include <algorithm>
#include <cstddef>

namespace palabre::markup {

namespace {

bool starts_with_ignoring_case(std::string_view text, std::string_view lower) noexcept {
    if (text.size() < lower.size()) return false;
    for (std::size_t i = 0; i < lower.size(); ++i) {
        if (to_lower_ascii(text[i]) != lower[i]) return false;
    }
    return true;
}

// A host must follow: "http:x" is a relative path to browsers, and "http:///x" finds a host later.
bool is_absolute(std::string_view url, std::string_view prefix) noexcept {
    if (!starts_with_ignoring_case(url, prefix) || url.size() == prefix.size()) return false;
    const auto first = static_cast<unsigned char>(url[prefix.size()]);
    return is_ascii_alphanumeric(first) || first == '[' || first >= 0x80;
}

}  // namespace

bool is_allowed_target(std::string_view url) noexcept {
    const auto is_control = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 || byte == 0x7F;
    };
    if (url.empty() || std::ranges::any_of(url, is_control)) return false;
    if (url[0] == '#') return true;
    // Browsers read a backslash as a slash, so "/\host" is another site, just as "//host" is.
    if (url[0] == '/') return url.size() == 1 || (url[1] != '/' && url[1] != '\\');
    return is_absolute(url, "http://") || is_absolute(url, "https://") ||
           (starts_with_ignoring_case(url, "mailto:") && url.size() > 7);
}

}  // namespace palabre::markup
