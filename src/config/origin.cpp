// SPDX-License-Identifier: Apache-2.0
#include "config/origin.hpp"

#include <algorithm>

namespace palabre::config {

bool is_origin(std::string_view text) {
    if (text.starts_with("https://")) {
        text.remove_prefix(8);
    } else if (text.starts_with("http://")) {
        text.remove_prefix(7);
    } else {
        return false;
    }
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
               c == ':' || c == '[' || c == ']' || c == '_';
    };
    return !text.empty() && std::ranges::all_of(text, fits);
}

}  // namespace palabre::config
