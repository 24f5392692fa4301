// SPDX-License-Identifier: Apache-2.0
#include "core/comment_id.hpp"

#include "util/hex.hpp"

#include <algorithm>

namespace palabre {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";
constexpr std::size_t text_length = 36;

constexpr bool is_hyphen_place(std::size_t i) {
    return i == 8 || i == 13 || i == 18 || i == 23;
}

}  // namespace

comment_id make_comment_id(timestamp at, const std::array<std::uint8_t, 10>& entropy) noexcept {
    comment_id id;
    const auto ms = static_cast<std::uint64_t>(at.ms);
    for (unsigned i = 0; i < 6; ++i) {
        id.bytes[i] = static_cast<std::uint8_t>(ms >> (8 * (5 - i)));
    }
    std::copy(entropy.begin(), entropy.end(), id.bytes.begin() + 6);
    id.bytes[6] = static_cast<std::uint8_t>(0x70U | (id.bytes[6] & 0x0fU));  // version 7
    id.bytes[8] = static_cast<std::uint8_t>(0x80U | (id.bytes[8] & 0x3fU));  // variant 10
    return id;
}

std::string to_string(const comment_id& id) {
    std::string text;
    text.reserve(text_length);
    for (const std::uint8_t byte : id.bytes) {
        if (is_hyphen_place(text.size())) text.push_back('-');
        text.push_back(hex_digits[byte >> 4U]);
        text.push_back(hex_digits[byte & 0x0fU]);
    }
    return text;
}

std::optional<comment_id> parse_comment_id(std::string_view text) noexcept {
    if (text.size() != text_length) return std::nullopt;
    comment_id id;
    std::size_t nibble = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (is_hyphen_place(i)) {
            if (text[i] != '-') return std::nullopt;
            continue;
        }
        const int value = hex_value(text[i]);
        if (value < 0) return std::nullopt;
        auto& byte = id.bytes[nibble / 2];
        byte = static_cast<std::uint8_t>(nibble % 2 == 0 ? value << 4 : byte | value);
        ++nibble;
    }
    return id;
}

}  // namespace palabre
