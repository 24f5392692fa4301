// SPDX-License-Identifier: Apache-2.0
#include "runtime/server/head_check.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace palabre::server {
namespace {

constexpr std::string_view line_end = "\r\n";

// tchar of RFC 9110 §5.6.2.
constexpr std::array<bool, 256> token_characters = [] {
    std::array<bool, 256> table{};
    for (unsigned c = '0'; c <= '9'; ++c)
        table[c] = true;
    for (unsigned c = 'a'; c <= 'z'; ++c)
        table[c] = true;
    for (unsigned c = 'A'; c <= 'Z'; ++c)
        table[c] = true;
    for (const char c : std::string_view("!#$%&'*+-.^_`|~")) {
        table[static_cast<unsigned char>(c)] = true;
    }
    return table;
}();

// field-content of RFC 9110 §5.5, obs-text included; bare CR, LF and NUL are not.
constexpr std::array<bool, 256> value_characters = [] {
    std::array<bool, 256> table{};
    for (unsigned c = 0x20; c < 256; ++c)
        table[c] = c != 0x7f;
    table['\t'] = true;
    return table;
}();

bool all_in(const std::array<bool, 256>& table, std::string_view text) noexcept {
    return std::ranges::all_of(text, [&](char c) { return table[static_cast<unsigned char>(c)]; });
}

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

bool is_letter(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::optional<failure> check_request_line(std::string_view line, const request_limits& limits) {
    const std::size_t first = line.find(' ');
    const std::size_t last = line.rfind(' ');
    if (first == std::string_view::npos || first == last) {
        return malformed("The request line is not a method, a target and a version.");
    }
    const std::string_view verb = line.substr(0, first);
    const std::string_view target = line.substr(first + 1, last - first - 1);
    const std::string_view version = line.substr(last + 1);
    if (verb.empty() || !all_in(token_characters, verb)) {
        return malformed("The method is not a token.");
    }
    if (target.size() > limits.target_bytes) {
        return failure{errc::target_too_long, "The address is too long.", {}};
    }
    const auto visible = [](char c) { return c > 0x20 && c < 0x7f && c != '#'; };
    if (target.empty() || !std::ranges::all_of(target, visible)) {
        return malformed("The request target holds a character that it may not hold.");
    }
    if (version != "HTTP/1.1" && version != "HTTP/1.0") {
        return malformed("Only HTTP/1.1 and HTTP/1.0 are spoken here.");
    }
    return std::nullopt;
}

std::optional<failure> check_header_line(std::string_view line) {
    if (line.front() == ' ' || line.front() == '\t') {
        return malformed("A header is continued on a second line.");
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0) {
        return malformed("A header line has no name.");
    }
    if (!all_in(token_characters, line.substr(0, colon))) {
        return malformed("A header name holds a character that it may not hold.");
    }
    if (!all_in(value_characters, line.substr(colon + 1))) {
        return malformed("A header value holds a control character.");
    }
    return std::nullopt;
}

bool is_port(std::string_view text) noexcept {
    if (text.empty() || text.size() > 5 || !std::ranges::all_of(text, is_digit)) return false;
    unsigned number = 0;
    for (const char c : text)
        number = number * 10 + static_cast<unsigned>(c - '0');
    return number <= 65'535;
}

bool is_host_name(std::string_view text) noexcept {
    const auto allowed = [](char c) {
        return is_letter(c) || is_digit(c) || c == '-' || c == '.' || c == '_';
    };
    constexpr std::size_t name_bytes_max = 253;  // RFC 1035
    return !text.empty() && text.size() <= name_bytes_max && std::ranges::all_of(text, allowed);
}

bool is_ip_literal(std::string_view text) noexcept {
    const auto allowed = [](char c) {
        return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == ':' ||
               c == '.';
    };
    constexpr std::size_t literal_bytes_max = 45;
    return text.size() >= 2 && text.size() <= literal_bytes_max &&
           text.find(':') != std::string_view::npos && std::ranges::all_of(text, allowed);
}

bool begins_with_ignoring_case(std::string_view text, std::string_view lower) noexcept {
    if (text.size() < lower.size()) return false;
    return std::ranges::equal(text.substr(0, lower.size()), lower, [](char a, char b) {
        return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + ('a' - 'A')) : a) == b;
    });
}

}  // namespace

failure malformed(std::string_view detail) {
    return {errc::malformed_request, std::string(detail), {}};
}

std::optional<failure> check_line_ends(std::string_view bytes) {
    if (bytes.find('\0') != std::string_view::npos) {
        return malformed("The head holds a NUL byte.");
    }
    for (std::size_t at = bytes.find('\n'); at != std::string_view::npos;
         at = bytes.find('\n', at + 1)) {
        if (at == 0 || bytes[at - 1] != '\r') return malformed("A line ends without a CR.");
    }
    for (std::size_t at = bytes.find('\r'); at != std::string_view::npos;
         at = bytes.find('\r', at + 1)) {
        if (at + 1 < bytes.size() && bytes[at + 1] != '\n') {
            return malformed("A CR stands alone in the head.");
        }
    }
    return std::nullopt;
}

std::optional<failure> check_head(std::string_view head, const request_limits& limits) {
    std::size_t end = head.find(line_end);
    if (auto bad = check_request_line(head.substr(0, end), limits)) return bad;
    head.remove_prefix(end + line_end.size());
    std::size_t headers = 0;
    while (!head.starts_with(line_end)) {
        end = head.find(line_end);
        if (auto bad = check_header_line(head.substr(0, end))) return bad;
        head.remove_prefix(end + line_end.size());
        if (++headers > limits.headers) {
            return failure{errc::headers_too_large, "There are too many headers.", {}};
        }
    }
    return std::nullopt;
}

bool is_host_and_port(std::string_view text) noexcept {
    if (text.starts_with('[')) {
        const std::size_t end = text.find(']');
        if (end == std::string_view::npos || !is_ip_literal(text.substr(1, end - 1))) return false;
        const std::string_view rest = text.substr(end + 1);
        return rest.empty() || (rest.front() == ':' && is_port(rest.substr(1)));
    }
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) return is_host_name(text);
    return is_host_name(text.substr(0, colon)) && is_port(text.substr(colon + 1));
}

std::optional<target_parts> split_target(std::string_view target) noexcept {
    if (target == "*") return target_parts{{}, target, {}};
    target_parts parts;
    if (!target.starts_with('/')) {
        for (const std::string_view scheme : {"http://", "https://"}) {
            if (!begins_with_ignoring_case(target, scheme)) continue;
            target.remove_prefix(scheme.size());
            const std::size_t end = target.find_first_of("/?");
            parts.host = target.substr(0, end);
            target = end == std::string_view::npos ? std::string_view{} : target.substr(end);
            break;
        }
        if (!is_host_and_port(parts.host)) return std::nullopt;
    }
    const std::size_t question = target.find('?');
    parts.path = target.substr(0, question);
    if (parts.path.empty()) parts.path = "/";
    if (question != std::string_view::npos) parts.query = target.substr(question + 1);
    return parts;
}

}  // namespace palabre::server
