// SPDX-License-Identifier: Apache-2.0
#include "imports/plain_text.hpp"

#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <utility>

namespace palabre::imports {

namespace {

// Longer than "&#1114111;" and any name below.
constexpr std::size_t reference_bytes_max = 12;

constexpr std::array<std::pair<std::string_view, std::string_view>, 8> names{{
    {"amp", "&"},
    {"lt", "<"},
    {"gt", ">"},
    {"quot", "\""},
    {"apos", "'"},
    {"nbsp", "\u00a0"},
    {"laquo", "«"},
    {"raquo", "»"},
}};

std::string encode_utf8(std::uint32_t code) {
    const auto tail = [code](int shift) {
        return static_cast<char>(0x80 | ((code >> shift) & 0x3f));
    };
    if (code < 0x80) return {static_cast<char>(code)};
    if (code < 0x800) return {static_cast<char>(0xc0 | (code >> 6)), tail(0)};
    if (code < 0x10000) return {static_cast<char>(0xe0 | (code >> 12)), tail(6), tail(0)};
    return {static_cast<char>(0xf0 | (code >> 18)), tail(12), tail(6), tail(0)};
}

// `digits` is "39" or "x27".
std::optional<std::string> decode_number(std::string_view digits) {
    const bool hexadecimal = digits.starts_with('x') || digits.starts_with('X');
    if (hexadecimal) digits.remove_prefix(1);
    std::uint32_t code = 0;
    const auto end = digits.data() + digits.size();
    // NOLINTNEXTLINE(bugprone-suspicious-stringview-data-usage): `end` is its length.
    const auto read = std::from_chars(digits.data(), end, code, hexadecimal ? 16 : 10);
    if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
    const bool surrogate = code >= 0xd800 && code < 0xe000;
    if (code == 0 || surrogate || code > 0x10ffff) return std::nullopt;
    return encode_utf8(code);
}

// What stands between "&" and ";".
std::optional<std::string> decode_one(std::string_view reference) {
    if (reference.starts_with('#')) return decode_number(reference.substr(1));
    for (const auto& [name, character] : names) {
        if (name == reference) return std::string(character);
    }
    return std::nullopt;
}

}  // namespace

std::string decode_references(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const auto start = text.find('&');
        out += text.substr(0, start);
        if (start == std::string_view::npos) break;
        text.remove_prefix(start);
        const auto end = text.substr(0, reference_bytes_max).find(';');
        const auto character =
            end == std::string_view::npos ? std::nullopt : decode_one(text.substr(1, end - 1));
        out += character ? *character : "&";
        text.remove_prefix(character ? end + 1 : 1);
    }
    return out;
}

}  // namespace palabre::imports
