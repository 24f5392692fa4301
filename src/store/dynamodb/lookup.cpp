// SPDX-License-Identifier: Apache-2.0
#include "store/dynamodb/lookup.hpp"

#include "ports/comment_store.hpp"
#include "store/dynamodb/expression.hpp"
#include "store/dynamodb/items.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace palabre::store::dynamodb {
namespace {

void append_request(
    std::string& to,
    const table_access& access,
    std::span<const std::string> ids,
    std::string_view projection
) {
    util::json_object root(to);
    util::json_object tables(root.add_raw("RequestItems"));
    util::json_object ours(tables.add_raw(access.table()));
    ours.add("ConsistentRead", true);
    add_unless_empty(ours, "ProjectionExpression", projection);
    add_names(ours, {projection});
    util::json_array keys(ours.add_raw("Keys"));
    for (const auto& id : ids)
        append_key(keys.next(), id);
}

// What DynamoDB left for another request, as that request; empty when it left nothing.
std::string rest_of(const answer& got) {
    const auto* const left = got.object("UnprocessedKeys");
    if (left == nullptr || left->empty()) return {};
    return "{\"RequestItems\":" + boost::json::serialize(*left) + "}";
}

void give_items(
    const answer& got, const std::string& table, const std::function<void(const item&)>& take
) {
    const auto* const tables = got.object("Responses");
    const auto* const ours = tables != nullptr ? tables->if_contains(table) : nullptr;
    const auto* const items = ours != nullptr ? ours->if_array() : nullptr;
    if (items == nullptr) return;
    for (const auto& each : *items)
        if (const auto* const one = each.if_object()) take(*one);
}

void look_up_some(
    const table_access& access,
    std::span<const std::string> ids,
    std::string_view projection,
    const std::function<void(const item&)>& take
) {
    std::string body;
    append_request(body, access, ids, projection);
    for (unsigned tries = 1; !body.empty(); ++tries) {
        const answer got = access.ask("BatchGetItem", body);
        give_items(got, access.table(), take);
        body = rest_of(got);
        if (!body.empty() && !access.pause(tries)) {
            throw store_error("DynamoDB did not give all that it was asked for in time: try again");
        }
    }
}

}  // namespace

bool look_up(
    const table_access& access, std::string_view id, const std::function<void(const item&)>& take
) {
    std::string body;
    {
        util::json_object members(body);
        members.add("TableName", access.table());
        append_key(members.add_raw("Key"), id);
        members.add("ConsistentRead", true);
    }
    const answer got = access.ask("GetItem", body);
    const auto* const found = got.object("Item");
    if (found == nullptr) return false;
    take(*found);
    return true;
}

std::optional<comment> look_up_comment(const table_access& access, const comment_id& id) {
    std::optional<comment> found;
    look_up(access, to_string(id), [&](const item& each) { found = read_comment(each); });
    return found;
}

void look_up_all(
    const table_access& access,
    std::span<const std::string> ids,
    std::string_view projection,
    const std::function<void(const item&)>& take
) {
    while (!ids.empty()) {
        const auto some = ids.first(std::min(ids.size(), lookup_ids_max));
        look_up_some(access, some, projection, take);
        ids = ids.subspan(some.size());
    }
}

}  // namespace palabre::store::dynamodb
