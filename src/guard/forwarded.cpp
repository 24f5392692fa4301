// SPDX-License-Identifier: Apache-2.0
#include "guard/forwarded.hpp"

#include "util/blanks.hpp"

#include <algorithm>
#include <utility>

namespace palabre::guard {
namespace {

bool is_word(std::string_view text, std::string_view lower) noexcept {
    return std::ranges::equal(text, lower, [](char a, char b) {
        return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + ('a' - 'A')) : a) == b;
    });
}

bool is_port(std::string_view text) noexcept {
    constexpr std::size_t digits_max = 5;
    return !text.empty() && text.size() <= digits_max &&
           std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// The part before the first `;` that stands in no quotes, and what comes after it.
std::pair<std::string_view, std::string_view> split_pair(std::string_view text) noexcept {
    bool quoted = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '"') quoted = !quoted;
        if (text[at] == ';' && !quoted) return {text.substr(0, at), text.substr(at + 1)};
    }
    return {text, {}};
}

// A token as it is, or what stands in quotes. Nothing that we look for needs an escape.
std::optional<std::string_view> unquoted(std::string_view text) noexcept {
    if (text.starts_with('"')) {
        if (text.size() < 2 || !text.ends_with('"')) return std::nullopt;
        text = text.substr(1, text.size() - 2);
    }
    if (text.find_first_of("\"\\") != std::string_view::npos) return std::nullopt;
    return text;
}

}  // namespace

bool take_last_element(std::string_view& list, std::string_view& element) noexcept {
    while (!list.empty()) {
        bool quoted = false;
        std::size_t start = list.size();
        while (start > 0 && (list[start - 1] != ',' || quoted)) {
            --start;
            if (list[start] == '"') quoted = !quoted;
        }
        element = util::without_blanks(list.substr(start));
        list = list.substr(0, start == 0 ? 0 : start - 1);
        if (!element.empty()) return true;
    }
    return false;
}

std::optional<ip_address> parse_forwarded_node(std::string_view text) noexcept {
    if (text.starts_with('[')) {
        const std::size_t end = text.find(']');
        if (end == std::string_view::npos) return std::nullopt;
        const std::string_view rest = text.substr(end + 1);
        if (!rest.empty() && (rest.front() != ':' || !is_port(rest.substr(1)))) return std::nullopt;
        text = text.substr(1, end - 1);
        if (text.find(':') == std::string_view::npos) return std::nullopt;
    } else if (const std::size_t colon = text.find(':');
               colon == text.rfind(':') && colon != std::string_view::npos) {
        // One colon: an IPv4 address with its port. An IPv6 one has two at least.
        if (!is_port(text.substr(colon + 1))) return std::nullopt;
        text = text.substr(0, colon);
    }
    const auto found = parse_ip_address(text);
    return found && found->is_known() ? found : std::nullopt;
}

std::optional<bool> parse_forwarded_proto(std::string_view text) noexcept {
    if (is_word(text, "https")) return true;
    if (is_word(text, "http")) return false;
    return std::nullopt;
}

std::optional<forwarded_element> parse_forwarded_element(std::string_view element) noexcept {
    forwarded_element found;
    bool for_seen = false;
    bool proto_seen = false;
    while (!element.empty()) {
        const auto [pair, rest] = split_pair(element);
        element = rest;
        const std::size_t equals = pair.find('=');
        if (equals == std::string_view::npos) return std::nullopt;
        const std::string_view name = util::without_blanks(pair.substr(0, equals));
        const auto value = unquoted(util::without_blanks(pair.substr(equals + 1)));
        if (!value) return std::nullopt;
        if (is_word(name, "for")) {
            if (std::exchange(for_seen, true)) return std::nullopt;
            found.client = parse_forwarded_node(*value);
        } else if (is_word(name, "proto")) {
            if (std::exchange(proto_seen, true)) return std::nullopt;
            found.secure = parse_forwarded_proto(*value);
        }
    }
    return found;
}

}  // namespace palabre::guard
