// SPDX-License-Identifier: Apache-2.0
#include "util/json_text.hpp"

#include <charconv>
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

void append_escaped(std::string& to, char c) {
    constexpr std::string_view digits = "0123456789abcdef";
    if (const auto escape = short_escape(c); !escape.empty()) {
        to.append(escape);
        return;
    }
    to.append("\\u00");
    to.push_back(digits[static_cast<unsigned char>(c) >> 4U]);
    to.push_back(digits[static_cast<unsigned char>(c) & 0x0fU]);
}

bool stands_for_itself(char c) {
    return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\';
}

// Whether all eight bytes stand for themselves; they are looked at together, since in a page of
// comments nearly all do. A borrow may spoil the bytes above one that does not, never below: "no"
// may be said too often, "yes" never is.
bool all_stand_for_themselves(const char* bytes) {
    constexpr std::uint64_t ones = 0x0101010101010101U;
    constexpr std::uint64_t high_bits = 0x8080808080808080U;
    std::uint64_t word = 0;
    std::memcpy(&word, bytes, sizeof word);
    const auto has_zero = [](std::uint64_t w) { return (w - ones) & ~w; };
    const std::uint64_t control = (word - ones * 0x20U) & ~word;
    const std::uint64_t quote = has_zero(word ^ (ones * static_cast<unsigned char>('"')));
    const std::uint64_t backslash = has_zero(word ^ (ones * static_cast<unsigned char>('\\')));
    return ((control | quote | backslash) & high_bits) == 0;
}

// Where the first byte at or after `from` is that does not; the size when there is none.
std::size_t find_special(std::string_view text, std::size_t from) {
    constexpr std::size_t word = sizeof(std::uint64_t);
    while (text.size() - from >= word && all_stand_for_themselves(text.data() + from))
        from += word;
    while (from < text.size() && stands_for_itself(text[from]))
        ++from;
    return from;
}

}  // namespace

void append_json_string(std::string& to, std::string_view text) {
    to.push_back('"');
    std::size_t plain = 0;
    while (true) {
        const std::size_t special = find_special(text, plain);
        to.append(text, plain, special - plain);
        if (special == text.size()) break;
        append_escaped(to, text[special]);
        plain = special + 1;
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
