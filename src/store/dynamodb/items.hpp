// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api_key.hpp"
#include "core/comment.hpp"
#include "core/decision.hpp"
#include "store/dynamodb/attribute_value.hpp"

#include <string>
#include <string_view>

// Our values as items and back; docs/formats/dynamodb.md describes each. Reading throws store_error
// that names the item, when it is none of ours.
namespace palabre::store::dynamodb {

[[nodiscard]] std::string item_of(const comment& each);
[[nodiscard]] std::string item_of(const audit_entry& each);
[[nodiscard]] std::string item_of(const api_key& each);

[[nodiscard]] comment read_comment(const item& from);
[[nodiscard]] audit_entry read_audit_entry(const item& from);
[[nodiscard]] api_key read_key(const item& from);

// Whether an item is a comment, by its id.
[[nodiscard]] bool is_comment(const item& each);

// The ids of items that are no comments.
[[nodiscard]] std::string section_item_id(std::string_view section);
[[nodiscard]] std::string once_item_id(std::string_view key);
[[nodiscard]] std::string replies_item_id(const comment_id& answered);
[[nodiscard]] std::string audit_item_id(const comment_id& entry);
[[nodiscard]] std::string key_item_id(std::string_view key);
[[nodiscard]] std::string quota_item_id(std::string_view key, std::int64_t day);

// What stands behind the prefix of an item's id.
[[nodiscard]] std::string_view name_in_id(const item& each, std::string_view prefix);

}  // namespace palabre::store::dynamodb
