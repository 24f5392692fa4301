// SPDX-License-Identifier: Apache-2.0
#include "store/dynamodb/keys.hpp"

#include "ports/comment_store.hpp"
#include "store/dynamodb/items.hpp"
#include "store/dynamodb/lookup.hpp"
#include "store/dynamodb/table.hpp"
#include "store/dynamodb/walk.hpp"

#include <algorithm>
#include <tuple>

namespace palabre::store::dynamodb {
namespace {

constexpr std::int64_t seconds_per_day = 24LL * 60 * 60;

}  // namespace

void add_key(const table_access& access, token_source& tokens, const api_key& key) {
    transaction all;
    all.add(put_new(item_of(key)));
    if (!transact(access, tokens, all).is_done()) throw store_error("a key with this id is known");
}

std::optional<api_key> find_key(const table_access& access, std::string_view id) {
    std::optional<api_key> found;
    look_up(access, key_item_id(id), [&](const item& each) { found = read_key(each); });
    return found;
}

std::vector<api_key> list_keys(const table_access& access) {
    const index_query query{
        queue_index,
        "#queue = :queue",
        {},
        {{":queue", text_value(key_queue)}},
        walk_order::oldest_first,
        0
    };
    std::vector<api_key> all;
    walk_index(access, query, [&](const item& each) {
        all.push_back(read_key(each));
        return true;
    });
    std::ranges::sort(all, [](const api_key& one, const api_key& other) {
        return std::tie(one.made_at, one.id) < std::tie(other.made_at, other.id);
    });
    return all;
}

bool revoke_key(const table_access& access, std::string_view id, timestamp at) {
    const auto revoking = update_item(
        key_item_id(id),
        "SET #revokedAt = if_not_exists(#revokedAt, :at)",
        "attribute_exists(#id)",
        {{":at", text_value(to_rfc3339(at))}}
    );
    return update_alone(access, revoking, nullptr);
}

bool take_daily_post(
    const table_access& access,
    token_source& tokens,
    std::string_view id,
    std::int64_t day,
    std::uint32_t limit
) {
    if (limit == 0) return false;
    transaction all;
    all.add(update_item(
        quota_item_id(id, day),
        "SET #expires = :expires ADD #posts :one",
        "attribute_not_exists(#id) OR #posts < :limit",
        {{":expires", number_value((day + 2) * seconds_per_day)},
         {":one", number_value(1)},
         {":limit", number_value(limit)}}
    ));
    return transact(access, tokens, all).is_done();
}

}  // namespace palabre::store::dynamodb
