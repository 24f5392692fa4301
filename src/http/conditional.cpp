// SPDX-License-Identifier: Apache-2.0
#include "http/conditional.hpp"

#include "util/sha256.hpp"

#include <algorithm>
#include <array>

namespace palabre::http {
namespace {

constexpr std::size_t fingerprint_bytes = 8;

std::string_view trim_blank(std::string_view text) noexcept {
    const auto blank = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.empty() && blank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && blank(text.back()))
        text.remove_suffix(1);
    return text;
}

// Takes the part before the next separator off the front.
std::string_view take_until(std::string_view& text, char separator) noexcept {
    const std::size_t end = std::min(text.find(separator), text.size());
    const std::string_view part = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return trim_blank(part);
}

std::string_view suffix_of(encoding coding) noexcept {
    switch (coding) {
        case encoding::gzip:
            return "-gz";
        case encoding::brotli:
            return "-br";
        case encoding::identity:
            break;
    }
    return "";
}

// True for the fingerprint followed by one of our suffixes.
bool is_variant_of(std::string_view tag, std::string_view fingerprint) noexcept {
    if (!tag.starts_with(fingerprint)) return false;
    tag.remove_prefix(fingerprint.size());
    return tag.empty() || tag == suffix_of(encoding::gzip) || tag == suffix_of(encoding::brotli);
}

}  // namespace

std::string make_etag(std::string_view fingerprint, encoding coding) {
    std::string tag;
    tag.reserve(fingerprint.size() + 5);
    tag.append("\"").append(fingerprint).append(suffix_of(coding)).append("\"");
    return tag;
}

bool matches_none(const request& asked, std::string_view fingerprint) noexcept {
    std::string_view list = asked.header("if-none-match").value_or("");
    while (!list.empty()) {
        std::string_view tag = take_until(list, ',');
        if (tag == "*") return true;
        if (tag.starts_with("W/")) tag.remove_prefix(2);
        if (tag.size() < 2 || tag.front() != '"' || tag.back() != '"') continue;
        if (is_variant_of(tag.substr(1, tag.size() - 2), fingerprint)) return true;
    }
    return false;
}

std::string fingerprint_of(std::string_view bytes) {
    const auto digest = util::sha256(bytes);
    const std::string head(digest.begin(), digest.begin() + fingerprint_bytes);
    return util::to_hex(head);
}

}  // namespace palabre::http
