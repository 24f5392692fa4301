// SPDX-License-Identifier: Apache-2.0
#include "config/text_rules.hpp"

#include "config/endpoint.hpp"
#include "core/ip_address.hpp"
#include "core/section_id.hpp"
#include "core/text.hpp"

#include <algorithm>

namespace palabre::config {

bool is_endpoint(std::string_view text) {
    return parse_endpoint(text).has_value();
}

bool is_endpoint_or_off(std::string_view text) {
    return text == "off" || is_endpoint(text);
}

bool is_one_line(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7f; });
}

bool is_path(std::string_view text) {
    return text.find('\0') == std::string_view::npos;
}

bool is_named_path(std::string_view text) {
    return !text.empty() && is_path(text);
}

bool is_in_s3(std::string_view text) {
    return text.starts_with("s3://");
}

bool is_backup_place(std::string_view text) {
    if (!is_in_s3(text)) return is_path(text);
    text.remove_prefix(5);
    const auto bucket = text.substr(0, text.find('/'));
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    };
    return !bucket.empty() && std::ranges::all_of(bucket, fits) && is_one_line(text);
}

bool is_origin(std::string_view text) {
    if (text.starts_with("https://")) {
        text.remove_prefix(8);
    } else if (text.starts_with("http://")) {
        text.remove_prefix(7);
    } else {
        return false;
    }
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
               c == ':' || c == '[' || c == ']' || c == '_';
    };
    return !text.empty() && std::ranges::all_of(text, fits);
}

bool is_network(std::string_view text) {
    return parse_ip_network(text).has_value();
}

bool is_forwarded_header(std::string_view text) {
    return text == "x-forwarded-for" || text == "forwarded";
}

bool is_store_kind(std::string_view text) {
    return text == "sqlite" || text == "dynamodb";
}

bool is_table_name(std::string_view text) {
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '-' || c == '.';
    };
    return text.size() >= 3 && text.size() <= 255 && std::ranges::all_of(text, fits);
}

bool is_section_pattern(std::string_view text) {
    if (text == "*") return true;
    if (text.ends_with('*')) text.remove_suffix(1);
    return make_section_id(text).has_value();
}

bool is_word(std::string_view text) {
    return !trim(text).empty() && !find_text_problem(text, line_breaks::forbidden);
}

}  // namespace palabre::config
