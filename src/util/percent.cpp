// SPDX-License-Identifier: Apache-2.0
#include "util/percent.hpp"

#include "util/hex.hpp"

namespace palabre::util {
namespace {

bool is_unreserved(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("-._~").contains(c);
}

}  // namespace

std::string percent_encode(std::string_view text, std::string_view left_alone) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string made;
    for (const char c : text) {
        if (is_unreserved(c) || left_alone.contains(c)) {
            made.push_back(c);
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        made.push_back('%');
        made.push_back(digits[byte >> 4U]);
        made.push_back(digits[byte & 0x0fU]);
    }
    return made;
}

std::string percent_decode(std::string_view text) {
    if (text.find('%') == std::string_view::npos) return std::string(text);
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool escape = text[i] == '%' && i + 2 < text.size();
        const int high = escape ? hex_value(text[i + 1]) : -1;
        const int low = high >= 0 ? hex_value(text[i + 2]) : -1;
        if (low < 0) {
            out.push_back(text[i]);
            continue;
        }
        out.push_back(static_cast<char>(high * 16 + low));
        i += 2;
    }
    return out;
}

}  // namespace palabre::util
