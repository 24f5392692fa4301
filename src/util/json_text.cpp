// SPDX-License-Identifier: Apache-2.0
#include "util/json_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace palabre::util {
namespace {

// What a character becomes; empty when it stands for itself.
std::string_view short_escape(char c) {
    switch (c) {
        case '"':
            return "\\\"";
        case '\\':
            return "\\\\";
        case '\n':
            return "\\n";
        case '\r':
            return "\\r";
        case '\t':
            return "\\t";
        default:
            return {};
    }
}

char* write_escape(char c, char* to) {
    constexpr std::string_view digits = "0123456789abcdef";
    auto escape = short_escape(c);
    if (escape.empty()) escape = "\\u00";
    to = std::ranges::copy(escape, to).out;
    if (escape.size() == 2) return to;
    *to++ = digits[static_cast<unsigned char>(c) >> 4U];
    *to++ = digits[static_cast<unsigned char>(c) & 0x0fU];
    return to;
}

// Not 0 when one of eight bytes does not stand for itself; they are looked at together. A borrow
// may spoil the bytes above one that does not: it says "some" rightly, not which.
std::uint64_t has_special(std::uint64_t word) {
    constexpr std::uint64_t ones = 0x0101010101010101U;
    constexpr std::uint64_t high_bits = 0x8080808080808080U;
    const auto has_zero = [](std::uint64_t w) { return (w - ones) & ~w; };
    const std::uint64_t control = (word - ones * 0x20U) & ~word;
    const std::uint64_t quote = has_zero(word ^ (ones * static_cast<unsigned char>('"')));
    const std::uint64_t backslash = has_zero(word ^ (ones * static_cast<unsigned char>('\\')));
    return (control | quote | backslash) & high_bits;
}

constexpr std::size_t word_bytes = sizeof(std::uint64_t);
constexpr std::size_t escape_bytes_max = 6;  // \u001f

// Quotes and backslashes are written without a branch: JSON within JSON has one every few bytes,
// and nobody can foretell where.
char* write_with_escapes(std::string_view text, char* to) {
    for (const char c : text) {
        if (static_cast<unsigned char>(c) < 0x20) {
            to = write_escape(c, to);
            continue;
        }
        *to = '\\';
        to += static_cast<int>(c == '"') | static_cast<int>(c == '\\');
        *to++ = c;
    }
    return to;
}

// `to` has room for escape_bytes_max for each byte.
char* write_escaped(std::string_view text, char* to) {
    while (text.size() >= word_bytes) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data(), word_bytes);
        if (has_special(word) == 0) {
            std::memcpy(to, &word, word_bytes);
            to += word_bytes;
        } else {
            to = write_with_escapes(text.substr(0, word_bytes), to);
        }
        text.remove_prefix(word_bytes);
    }
    return write_with_escapes(text, to);
}

}  // namespace

// By way of a buffer: a string that grows by a few bytes at a time would take longer than all the
// rest.
void append_json_string(std::string& to, std::string_view text) {
    constexpr std::size_t part_bytes = 512;
    std::array<char, part_bytes * escape_bytes_max> buffer;  // NOLINT(*-member-init): written first
    to.push_back('"');
    while (!text.empty()) {
        const auto part = text.substr(0, part_bytes);
        to.append(buffer.data(), write_escaped(part, buffer.data()));
        text.remove_prefix(part.size());
    }
    to.push_back('"');
}

std::string& json_object::add_raw(std::string_view name) {
    if (!first_) to_.push_back(',');
    first_ = false;
    append_json_string(to_, name);
    to_.push_back(':');
    return to_;
}

void json_object::add(std::string_view name, std::string_view value) {
    append_json_string(add_raw(name), value);
}

void json_object::add(std::string_view name, std::uint64_t value) {
    char digits[20];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    add_raw(name).append(digits, end);
}

void json_object::add(std::string_view name, bool value) {
    add_raw(name).append(value ? "true" : "false");
}

std::string& json_array::next() {
    if (!first_) to_.push_back(',');
    first_ = false;
    return to_;
}

}  // namespace palabre::util
