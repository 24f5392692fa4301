// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "util/json_text.hpp"

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace palabre::store::dynamodb {

// The values of an expression: ":now" and what it stands for, as attribute_value.hpp makes it.
using values = std::vector<std::pair<std::string_view, std::string>>;

// In our expressions every attribute is written "#name", since many of their names are reserved.
// Adds the member that says what these stand for, found in the expressions themselves; none when
// there are none.
void add_names(util::json_object& to, std::initializer_list<std::string_view> expressions);

// Adds the member with the values; none when there are none.
void add_values(util::json_object& to, const values& of);

// Adds a member unless it is empty.
void add_unless_empty(util::json_object& to, std::string_view name, std::string_view value);

// The key of one item: {"id":{"S":"…"}}.
void append_key(std::string& to, std::string_view id);

}  // namespace palabre::store::dynamodb
