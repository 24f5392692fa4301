// SPDX-License-Identifier: Apache-2.0
#include "core/text.hpp"

#include <array>
#include <cstdint>
#include <cstring>

namespace palabre {
namespace {

struct decoded {
    char32_t point = 0;
    std::size_t length = 0;  // bytes read; 0 when the bytes are not UTF-8
};

constexpr bool is_continuation(char c) {
    return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U;
}

// How many bytes a sequence has by its first byte (Unicode 15, table 3-7); 0 for none.
constexpr std::size_t length_by_first(unsigned char first) {
    if (first < 0x80) return 1;
    if (first >= 0xc2 && first <= 0xdf) return 2;
    if (first >= 0xe0 && first <= 0xef) return 3;
    if (first >= 0xf0 && first <= 0xf4) return 4;
    return 0;
}

// Reads the code point at the front of `text`, which is not empty.
decoded decode_front(std::string_view text) noexcept {
    const auto first = static_cast<unsigned char>(text.front());
    const std::size_t length = length_by_first(first);
    if (length == 0 || length > text.size()) return {};
    if (length == 1) return {first, 1};
    constexpr std::array<unsigned char, 5> first_mask = {0, 0x7f, 0x1f, 0x0f, 0x07};
    char32_t point = first & first_mask[length];
    for (std::size_t i = 1; i < length; ++i) {
        if (!is_continuation(text[i])) return {};
        point = (point << 6U) | (static_cast<unsigned char>(text[i]) & 0x3fU);
    }
    constexpr std::array<char32_t, 5> smallest = {0, 0, 0x80, 0x800, 0x10000};
    const bool surrogate = point >= 0xd800 && point <= 0xdfff;
    if (point < smallest[length] || point > 0x10ffff || surrogate) return {};
    return {point, length};
}

// How many bytes of ASCII there are for sure: eight are looked at together, since most of what we
// are given and give is ASCII. The last seven and those before another byte are left to the caller.
std::size_t ascii_at_front(std::string_view text) noexcept {
    constexpr std::uint64_t high_bits = 0x8080808080808080U;
    std::uint64_t word = 0;
    std::size_t at = 0;
    for (; at + sizeof word <= text.size(); at += sizeof word) {
        std::memcpy(&word, text.data() + at, sizeof word);
        if ((word & high_bits) != 0) break;
    }
    return at;
}

constexpr bool is_line_break(char32_t c) {
    return c == U'\n' || c == U'\r';
}

// Tab and line breaks are judged by the caller.
constexpr bool is_control(char32_t c) {
    const bool c0_or_c1 = c < 0x20 || (c >= 0x7f && c <= 0x9f);
    const bool noncharacter = (c & 0xfffeU) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef);
    // Line and paragraph separators break lines where nobody expects it; tags hide text.
    const bool separator = c == 0x2028 || c == 0x2029;
    const bool deprecated_tag = c == 0xe0001;
    return c0_or_c1 || noncharacter || separator || deprecated_tag;
}

constexpr bool is_bidi_override(char32_t c) {
    return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

// Unicode's White_Space property.
constexpr bool is_space(char32_t c) {
    return c == U' ' || (c >= 0x09 && c <= 0x0d) || c == 0x85 || c == 0xa0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f ||
           c == 0x205f || c == 0x3000;
}

// Spaces, and characters that leave no mark by themselves (Default_Ignorable_Code_Point and the
// blank letters that people abuse).
constexpr bool leaves_no_mark(char32_t c) {
    return is_space(c) || c == 0xad || c == 0x34f || c == 0x61c || c == 0x115f || c == 0x1160 ||
           c == 0x17b4 || c == 0x17b5 || (c >= 0x180b && c <= 0x180f) ||
           (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) ||
           (c >= 0x2060 && c <= 0x206f) || c == 0x2800 || c == 0x3164 ||
           (c >= 0xfe00 && c <= 0xfe0f) || c == 0xfeff || c == 0xffa0 ||
           (c >= 0xe0000 && c <= 0xe0fff);
}

}  // namespace

std::size_t count_characters(std::string_view text) noexcept {
    std::size_t count = 0;
    for (const char c : text) {
        if (!is_continuation(c)) ++count;
    }
    return count;
}

bool is_valid_utf8(std::string_view text) noexcept {
    while (!text.empty()) {
        text.remove_prefix(ascii_at_front(text));
        if (text.empty()) return true;
        const decoded next = decode_front(text);
        if (next.length == 0) return false;
        text.remove_prefix(next.length);
    }
    return true;
}

std::optional<field_problem> find_text_problem(std::string_view text, line_breaks breaks) noexcept {
    // Broken UTF-8 anywhere is told before a control character somewhere: without valid text the
    // rest means nothing.
    if (!is_valid_utf8(text)) return field_problem::invalid_utf8;
    while (!text.empty()) {
        const auto next = decode_front(text);
        text.remove_prefix(next.length);
        if (is_bidi_override(next.point)) return field_problem::bidi_override;
        if (breaks == line_breaks::allowed && (is_line_break(next.point) || next.point == U'\t')) {
            continue;
        }
        if (is_control(next.point)) return field_problem::control_character;
    }
    return std::nullopt;
}

bool is_invisible(std::string_view text) noexcept {
    while (!text.empty()) {
        const auto next = decode_front(text);
        if (next.length == 0 || !leaves_no_mark(next.point)) return false;
        text.remove_prefix(next.length);
    }
    return true;
}

std::string_view trim(std::string_view text) noexcept {
    while (!text.empty()) {
        const auto next = decode_front(text);
        if (next.length == 0 || !is_space(next.point)) break;
        text.remove_prefix(next.length);
    }
    while (!text.empty()) {
        std::size_t start = text.size() - 1;
        while (start > 0 && is_continuation(text[start]))
            --start;
        const auto last = decode_front(text.substr(start));
        if (last.length != text.size() - start || !is_space(last.point)) break;
        text = text.substr(0, start);
    }
    return text;
}

std::string fold_ascii_case(std::string_view text) {
    std::string folded(text);
    for (char& c : folded) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return folded;
}

}  // namespace palabre
