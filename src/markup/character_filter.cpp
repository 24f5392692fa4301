// SPDX-License-Identifier: Apache-2.0
#include "markup/character_filter.hpp"

namespace palabre::markup {

namespace {

constexpr code_point broken_byte{0xFFFD, 1};

unsigned char byte_at(std::string_view text, std::size_t at) noexcept {
    return static_cast<unsigned char>(text[at]);
}

// The length that a leading byte announces, or 0 when no sequence starts with it.
std::size_t announced_length(unsigned char lead) noexcept {
    if (lead < 0x80) return 1;
    if (lead >= 0xC2 && lead <= 0xDF) return 2;
    if (lead >= 0xE0 && lead <= 0xEF) return 3;
    if (lead >= 0xF0 && lead <= 0xF4) return 4;
    return 0;
}

bool is_shortest_scalar(char32_t value, std::size_t bytes) noexcept {
    if (bytes == 3) return value >= 0x800 && (value < 0xD800 || value > 0xDFFF);
    if (bytes == 4) return value >= 0x10000 && value <= 0x10FFFF;
    return true;
}

bool is_plain(char32_t c) noexcept {
    if (c < 0x20) return c == '\t' || c == '\n';
    if (c >= 0x7F && c <= 0x9F) return false;
    if ((c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069)) return false;
    if (c >= 0xFDD0 && c <= 0xFDEF) return false;
    if (c == 0xE0001) return false;
    return (c & 0xFFFE) != 0xFFFE;
}

// Line and paragraph separators: without anything in their place, words would grow together.
bool is_separator(char32_t c) noexcept {
    return c == 0x2028 || c == 0x2029;
}

}  // namespace

code_point first_code_point(std::string_view text) noexcept {
    const auto lead = byte_at(text, 0);
    const auto length = announced_length(lead);
    if (length == 1) return {lead, 1};
    if (length == 0 || length > text.size()) return broken_byte;
    char32_t value = lead & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        const auto next = byte_at(text, i);
        if ((next & 0xC0) != 0x80) return broken_byte;
        value = (value << 6) | (next & 0x3FU);
    }
    return is_shortest_scalar(value, length) ? code_point{value, length} : broken_byte;
}

void append_utf8(std::string& out, char32_t c) {
    const auto tail = [&](unsigned shift) {
        out += static_cast<char>(0x80U | ((c >> shift) & 0x3FU));
    };
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xC0U | (c >> 6));
        tail(0);
    } else if (c < 0x10000) {
        out += static_cast<char>(0xE0U | (c >> 12));
        tail(6);
        tail(0);
    } else {
        out += static_cast<char>(0xF0U | (c >> 18));
        tail(12);
        tail(6);
        tail(0);
    }
}

std::string keep_plain_characters(std::string_view text) {
    std::string kept;
    kept.reserve(text.size());
    while (!text.empty()) {
        const auto c = first_code_point(text);
        if (is_separator(c.value)) {
            kept += ' ';
        } else if (is_plain(c.value)) {
            append_utf8(kept, c.value);
        }
        text.remove_prefix(c.bytes);
    }
    return kept;
}

bool is_wide_space(char32_t c) noexcept {
    return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
           c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

}  // namespace palabre::markup
