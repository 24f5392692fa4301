// SPDX-License-Identifier: Apache-2.0
#include "store/dynamodb/attribute_value.hpp"

#include "util/base64url.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <charconv>

namespace palabre::store::dynamodb {
namespace {

void append_text(std::string& to, std::string_view text) {
    to.append("{\"S\":");
    util::append_json_string(to, text);
    to.push_back('}');
}

// Numbers travel as text.
void append_number(std::string& to, std::int64_t number) {
    to.append("{\"N\":\"").append(std::to_string(number)).append("\"}");
}

void append_flag(std::string& to, bool flag) {
    to.append(flag ? "{\"BOOL\":true}" : "{\"BOOL\":false}");
}

void append_bytes(std::string& to, std::span<const std::uint8_t> bytes) {
    const std::string plain(bytes.begin(), bytes.end());
    to.append("{\"B\":\"").append(util::to_base64(plain)).append("\"}");
}

const boost::json::value* find(const item& in, std::string_view name, std::string_view type) {
    const auto* const attribute = in.if_contains(name);
    const auto* const typed = attribute != nullptr ? attribute->if_object() : nullptr;
    return typed != nullptr ? typed->if_contains(type) : nullptr;
}

std::optional<std::string_view> find_string(
    const item& in, std::string_view name, std::string_view type
) {
    const auto* const value = find(in, name, type);
    const auto* const text = value != nullptr ? value->if_string() : nullptr;
    if (text == nullptr) return std::nullopt;
    return std::string_view(text->data(), text->size());
}

}  // namespace

std::string text_value(std::string_view text) {
    std::string made;
    append_text(made, text);
    return made;
}

std::string number_value(std::int64_t number) {
    std::string made;
    append_number(made, number);
    return made;
}

std::string flag_value(bool flag) {
    std::string made;
    append_flag(made, flag);
    return made;
}

std::string bytes_value(std::span<const std::uint8_t> bytes) {
    std::string made;
    append_bytes(made, bytes);
    return made;
}

void item_writer::text(std::string_view name, std::string_view value) {
    append_text(object_.add_raw(name), value);
}

void item_writer::number(std::string_view name, std::int64_t value) {
    append_number(object_.add_raw(name), value);
}

void item_writer::flag(std::string_view name, bool value) {
    append_flag(object_.add_raw(name), value);
}

void item_writer::bytes(std::string_view name, std::span<const std::uint8_t> value) {
    append_bytes(object_.add_raw(name), value);
}

void item_writer::texts(std::string_view name, std::span<const std::string> value) {
    auto& to = object_.add_raw(name);
    to.append("{\"L\":");
    {
        util::json_array list(to);
        for (const auto& each : value)
            append_text(list.next(), each);
    }
    to.push_back('}');
}

std::optional<std::string_view> find_text(const item& in, std::string_view name) {
    return find_string(in, name, "S");
}

std::optional<std::int64_t> find_number(const item& in, std::string_view name) {
    const auto digits = find_string(in, name, "N");
    if (!digits) return std::nullopt;
    std::int64_t number = 0;
    const char* const last = digits->data() + digits->size();
    const auto [end, failed] = std::from_chars(digits->data(), last, number);
    if (failed != std::errc() || end != last) return std::nullopt;
    return number;
}

std::optional<std::string> find_bytes(const item& in, std::string_view name) {
    const auto text = find_string(in, name, "B");
    return text ? util::from_base64(*text) : std::nullopt;
}

std::vector<std::string> find_texts(const item& in, std::string_view name) {
    std::vector<std::string> all;
    const auto* const value = find(in, name, "L");
    const auto* const list = value != nullptr ? value->if_array() : nullptr;
    if (list == nullptr) return all;
    for (const auto& each : *list) {
        const auto* const typed = each.if_object();
        const auto* const text = typed != nullptr ? typed->if_contains("S") : nullptr;
        if (text != nullptr && text->is_string()) all.emplace_back(text->get_string());
    }
    return all;
}

std::string_view text_of(const item& in, std::string_view name) {
    return find_text(in, name).value_or(std::string_view());
}

std::int64_t number_of(const item& in, std::string_view name) {
    return find_number(in, name).value_or(0);
}

bool flag_of(const item& in, std::string_view name) {
    const auto* const value = find(in, name, "BOOL");
    return value != nullptr && value->is_bool() && value->get_bool();
}

}  // namespace palabre::store::dynamodb
