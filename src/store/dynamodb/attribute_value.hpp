// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "util/json_text.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// Attributes of items as DynamoDB's JSON has them, each with its type: {"S":"text"}, {"N":"12"}.
namespace palabre::store::dynamodb {

[[nodiscard]] std::string text_value(std::string_view text);
[[nodiscard]] std::string number_value(std::int64_t number);
[[nodiscard]] std::string flag_value(bool flag);
[[nodiscard]] std::string bytes_value(std::span<const std::uint8_t> bytes);

// Writes one item at the end of a text, attribute by attribute; complete when it is destroyed.
class item_writer {
public:
    explicit item_writer(std::string& to) : object_(to) {}

    void text(std::string_view name, std::string_view value);
    void number(std::string_view name, std::int64_t value);
    void flag(std::string_view name, bool value);
    void bytes(std::string_view name, std::span<const std::uint8_t> value);
    void texts(std::string_view name, std::span<const std::string> value);

private:
    util::json_object object_;
};

// An item that DynamoDB sent. What is read from it lives as long as it does.
using item = boost::json::object;

// None when the item has no attribute of that name and type.
[[nodiscard]] std::optional<std::string_view> find_text(const item& in, std::string_view name);
[[nodiscard]] std::optional<std::int64_t> find_number(const item& in, std::string_view name);
[[nodiscard]] std::optional<std::string> find_bytes(const item& in, std::string_view name);
[[nodiscard]] std::vector<std::string> find_texts(const item& in, std::string_view name);

// What an attribute that is left out stands for: "", 0, false.
[[nodiscard]] std::string_view text_of(const item& in, std::string_view name);
[[nodiscard]] std::int64_t number_of(const item& in, std::string_view name);
[[nodiscard]] bool flag_of(const item& in, std::string_view name);

}  // namespace palabre::store::dynamodb
