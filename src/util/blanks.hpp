// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace palabre::util {

// The text without blanks at either end: space and tab, which RFC 9110 §5.6.3 calls optional white
// space around the values of headers. core/text.hpp has trim() for what people write.
[[nodiscard]] constexpr std::string_view without_blanks(std::string_view text) noexcept {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace palabre::util
