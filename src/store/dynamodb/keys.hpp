// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api_key.hpp"
#include "store/dynamodb/table_access.hpp"
#include "store/dynamodb/transaction.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

// The verbs of ports/key_store.hpp.
namespace palabre::store::dynamodb {

void add_key(const table_access& access, token_source& tokens, const api_key& key);
[[nodiscard]] std::optional<api_key> find_key(const table_access& access, std::string_view id);
[[nodiscard]] std::vector<api_key> list_keys(const table_access& access);
[[nodiscard]] bool revoke_key(const table_access& access, std::string_view id, timestamp at);

// A transaction, though of one update: a lost answer must not count a post twice.
[[nodiscard]] bool take_daily_post(
    const table_access& access,
    token_source& tokens,
    std::string_view id,
    std::int64_t day,
    std::uint32_t limit
);

}  // namespace palabre::store::dynamodb
