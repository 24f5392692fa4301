// SPDX-License-Identifier: Apache-2.0
#include "util/json_text.hpp"

#include <charconv>

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

}  // namespace

void append_json_string(std::string& to, std::string_view text) {
    to.push_back('"');
    std::size_t plain = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte >= 0x20 && byte != '"' && byte != '\\') continue;
        to.append(text.substr(plain, i - plain));
        append_escaped(to, text[i]);
        plain = i + 1;
    }
    to.append(text.substr(plain));
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
