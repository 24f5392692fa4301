// SPDX-License-Identifier: Apache-2.0
#include "site/target.hpp"

#include "core/text.hpp"
#include "util/hex.hpp"

#include <algorithm>

namespace palabre::site {
namespace {

// Strict: what is no escape is refused, where util::percent_decode lets it stand.
std::optional<std::string> decode_strictly(std::string_view text) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            decoded += text[i];
            continue;
        }
        if (i + 2 >= text.size()) return std::nullopt;
        const int high = hex_value(text[i + 1]);
        const int low = hex_value(text[i + 2]);
        if (high < 0 || low < 0) return std::nullopt;
        const auto c = static_cast<char>(high * 16 + low);
        // No file name holds a slash, so this one would only blur where a folder ends.
        if (c == '/') return std::nullopt;
        decoded += c;
        i += 2;
    }
    return decoded;
}

bool is_forbidden(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f || c == '\\';
}

bool has_dot_segment(std::string_view path) {
    for (std::size_t start = 1; start <= path.size();) {
        const auto end = std::min(path.find('/', start), path.size());
        const auto segment = path.substr(start, end - start);
        if (segment == "." || segment == "..") return true;
        start = end + 1;
    }
    return false;
}

bool is_unreserved(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~' || c == '/';
}

}  // namespace

std::optional<std::string> decode_target(std::string_view path) {
    if (path.empty() || path.front() != '/') return std::nullopt;
    auto decoded = decode_strictly(path);
    if (!decoded) return std::nullopt;
    if (std::ranges::any_of(*decoded, is_forbidden)) return std::nullopt;
    if (has_dot_segment(*decoded) || !is_valid_utf8(*decoded)) return std::nullopt;
    return decoded;
}

std::string encode_target(std::string_view path) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : path) {
        if (is_unreserved(c)) {
            encoded += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        encoded += '%';
        encoded += digits[byte / 16];
        encoded += digits[byte % 16];
    }
    return encoded;
}

}  // namespace palabre::site
