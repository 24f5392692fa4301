// SPDX-License-Identifier: Apache-2.0
#include "store/dynamodb/walk.hpp"

#include "store/dynamodb/table.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

namespace palabre::store::dynamodb {
namespace {

void append_body(
    std::string& to, const table_access& access, const index_query& query, bool only_count
) {
    util::json_object members(to);
    members.add("TableName", access.table());
    members.add("IndexName", query.index);
    members.add("KeyConditionExpression", query.condition);
    add_unless_empty(members, "FilterExpression", query.filter);
    add_names(members, {query.condition, query.filter});
    add_values(members, query.with);
    members.add("ScanIndexForward", query.order == walk_order::oldest_first);
    if (query.at_once != 0) members.add("Limit", std::uint64_t{query.at_once});
    if (only_count) members.add("Select", "COUNT");
}

void append_body(std::string& to, const table_access& access, const scan_query& query) {
    util::json_object members(to);
    members.add("TableName", access.table());
    add_unless_empty(members, "IndexName", query.index);
    add_unless_empty(members, "FilterExpression", query.filter);
    add_unless_empty(members, "ProjectionExpression", query.projection);
    add_names(members, {query.filter, query.projection});
    add_values(members, query.with);
    if (query.index.empty()) members.add("ConsistentRead", true);
}

// The request, less its last brace, with the place to begin after.
std::string beginning_after(std::string_view open_body, std::string_view key) {
    std::string body(open_body);
    body.append(",\"ExclusiveStartKey\":").append(key).push_back('}');
    return body;
}

// Asks for page after page. `take_page` says whether to go on.
void walk_pages(
    const table_access& access,
    std::string_view operation,
    std::string body,
    const std::string& first_key,
    const std::function<bool(const answer&)>& take_page
) {
    const std::string open = body.substr(0, body.size() - 1);
    if (!first_key.empty()) body = beginning_after(open, first_key);
    for (;;) {
        const answer got = access.ask(operation, body);
        if (!take_page(got)) return;
        const auto* const last = got.object("LastEvaluatedKey");
        if (last == nullptr) return;
        body = beginning_after(open, boost::json::serialize(*last));
    }
}

bool give_items(const answer& page, const item_taker& take) {
    const auto* const items = page.array("Items");
    if (items == nullptr) return true;
    return std::ranges::all_of(*items, [&](const boost::json::value& each) {
        const auto* const one = each.if_object();
        return one == nullptr || take(*one);
    });
}

}  // namespace

void walk_index(const table_access& access, const index_query& query, const item_taker& take) {
    std::string body;
    append_body(body, access, query, false);
    walk_pages(access, "Query", body, {}, [&](const answer& page) {
        return give_items(page, take);
    });
}

void walk_all(const table_access& access, const scan_query& query, const item_taker& take) {
    std::string body;
    append_body(body, access, query);
    std::string first_key;
    if (!query.after.empty()) append_key(first_key, query.after);
    walk_pages(access, "Scan", body, first_key, [&](const answer& page) {
        return give_items(page, take);
    });
}

void scan_once(
    const table_access& access,
    const scan_query& query,
    const std::function<void(const item& each)>& take,
    std::string& last
) {
    std::string body;
    append_body(body, access, query);
    std::string first_key;
    if (!query.after.empty()) append_key(first_key, query.after);
    last.clear();
    walk_pages(access, "Scan", body, first_key, [&](const answer& page) {
        give_items(page, [&](const item& each) {
            take(each);
            return true;
        });
        if (const auto* const key = page.object("LastEvaluatedKey"))
            last = text_of(*key, attribute::id);
        return false;
    });
}

std::uint64_t count_items(const table_access& access, const index_query& query) {
    std::string body;
    append_body(body, access, query, true);
    std::uint64_t count = 0;
    walk_pages(access, "Query", body, {}, [&](const answer& page) {
        const auto* const number = page.root().if_contains("Count");
        if (number != nullptr && number->is_int64())
            count += static_cast<std::uint64_t>(number->get_int64());
        return true;
    });
    return count;
}

}  // namespace palabre::store::dynamodb
