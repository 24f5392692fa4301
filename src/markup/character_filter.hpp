// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace palabre::markup {

// One code point read from the front of a text. Bytes that are not UTF-8 read as U+FFFD, one at a
// time.
struct code_point {
    char32_t value = 0;
    std::size_t bytes = 0;
};

// `text` must not be empty.
[[nodiscard]] code_point first_code_point(std::string_view text) noexcept;

void append_utf8(std::string& out, char32_t value);

// The text as valid UTF-8 without what core/text.hpp refuses: controls other than tab and line
// feed, noncharacters, and the characters that change the direction of what follows. Unicode's line
// and paragraph separators become spaces.
[[nodiscard]] std::string keep_plain_characters(std::string_view text);

// Unicode's White_Space without the ASCII ones.
[[nodiscard]] bool is_wide_space(char32_t value) noexcept;

// The white space of HTML: space, tab, line feed, form feed, carriage return.
[[nodiscard]] constexpr bool is_ascii_space(char32_t c) noexcept {
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

[[nodiscard]] constexpr bool is_ascii_digit(char32_t c) noexcept {
    return c >= '0' && c <= '9';
}

[[nodiscard]] constexpr bool is_ascii_letter(char32_t c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

[[nodiscard]] constexpr bool is_ascii_alphanumeric(char32_t c) noexcept {
    return is_ascii_letter(c) || is_ascii_digit(c);
}

[[nodiscard]] constexpr bool is_ascii_punctuation(char32_t c) noexcept {
    return c > ' ' && c < 0x7f && !is_ascii_alphanumeric(c);
}

[[nodiscard]] constexpr char to_lower_ascii(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace palabre::markup
