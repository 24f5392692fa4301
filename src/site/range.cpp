// SPDX-License-Identifier: Apache-2.0
#include "site/range.hpp"

#include "util/blanks.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>

namespace palabre::site {
namespace {

// A number too large for us is larger than any file.
std::optional<std::uint64_t> read_position(std::string_view text) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (text.empty() || !std::ranges::all_of(text, is_digit)) return std::nullopt;
    std::uint64_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc{}) return std::numeric_limits<std::uint64_t>::max();
    return value;
}

bool is_unit_of_bytes(std::string_view unit) {
    constexpr std::string_view bytes = "bytes";
    return std::ranges::equal(unit, bytes, {}, [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    });
}

range_answer last_bytes(std::uint64_t wanted, std::uint64_t size) {
    if (wanted == 0) return not_satisfiable{};
    const auto length = std::min(wanted, size);
    return byte_range{size - length, length};
}

}  // namespace

range_answer find_range(std::string_view header, std::uint64_t size) {
    const auto equals = header.find('=');
    if (equals == std::string_view::npos ||
        !is_unit_of_bytes(util::without_blanks(header.substr(0, equals)))) {
        return whole_answer{};
    }
    const auto spec = util::without_blanks(header.substr(equals + 1));
    const auto dash = spec.find('-');
    // No Content-Range can describe a part of nothing.
    if (dash == std::string_view::npos || spec.find(',') != spec.npos || size == 0) {
        return whole_answer{};
    }
    const auto first_text = util::without_blanks(spec.substr(0, dash));
    const auto last_text = util::without_blanks(spec.substr(dash + 1));
    const auto last = read_position(last_text);
    if (first_text.empty()) return last ? last_bytes(*last, size) : range_answer{whole_answer{}};

    const auto first = read_position(first_text);
    if (!first || (!last && !last_text.empty()) || (last && *last < *first)) {
        return whole_answer{};
    }
    if (*first >= size) return not_satisfiable{};
    const auto end = last ? std::min(*last, size - 1) : size - 1;
    return byte_range{*first, end - *first + 1};
}

}  // namespace palabre::site
