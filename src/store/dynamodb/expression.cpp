// SPDX-License-Identifier: Apache-2.0
#include "store/dynamodb/expression.hpp"

#include "store/dynamodb/attribute_value.hpp"
#include "store/dynamodb/table.hpp"

#include <algorithm>

namespace palabre::store::dynamodb {
namespace {

constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

// Appends the names in an expression that are not among `found` yet, without their '#'.
void find_names(std::vector<std::string_view>& found, std::string_view expression) {
    for (auto at = expression.find('#'); at != std::string_view::npos;
         at = expression.find('#', at + 1)) {
        const auto rest = expression.substr(at + 1);
        const auto name = rest.substr(0, rest.find_first_not_of(letters));
        if (std::ranges::find(found, name) == found.end()) found.push_back(name);
    }
}

}  // namespace

void add_names(util::json_object& to, std::initializer_list<std::string_view> expressions) {
    std::vector<std::string_view> found;
    for (const auto expression : expressions)
        find_names(found, expression);
    if (found.empty()) return;
    util::json_object names(to.add_raw("ExpressionAttributeNames"));
    for (const auto name : found)
        names.add("#" + std::string(name), name);
}

void add_values(util::json_object& to, const values& of) {
    if (of.empty()) return;
    util::json_object members(to.add_raw("ExpressionAttributeValues"));
    for (const auto& [name, value] : of)
        members.add_raw(name).append(value);
}

void add_unless_empty(util::json_object& to, std::string_view name, std::string_view value) {
    if (!value.empty()) to.add(name, value);
}

void append_key(std::string& to, std::string_view id) {
    item_writer(to).text(attribute::id, id);
}

}  // namespace palabre::store::dynamodb
