// SPDX-License-Identifier: Apache-2.0
#include "ports/comment_store.hpp"
#include "store/dynamodb/service.hpp"
#include "store/dynamodb/table.hpp"
#include "store/dynamodb/table_access.hpp"

namespace palabre::store {
namespace {

using namespace dynamodb;
using util::json_array;
using util::json_object;

void append_attribute(std::string& to, std::string_view name) {
    json_object members(to);
    members.add("AttributeName", name);
    members.add("AttributeType", "S");
}

void append_key_part(std::string& to, std::string_view name, std::string_view type) {
    json_object members(to);
    members.add("AttributeName", name);
    members.add("KeyType", type);
}

void append_index(std::string& to, std::string_view name, std::string_view hash) {
    json_object members(to);
    members.add("IndexName", name);
    {
        json_array key(members.add_raw("KeySchema"));
        append_key_part(key.next(), hash, "HASH");
        append_key_part(key.next(), attribute::timestamp, "RANGE");
    }
    json_object projection(members.add_raw("Projection"));
    projection.add("ProjectionType", "ALL");
}

void append_table(std::string& to, std::string_view table) {
    json_object members(to);
    members.add("TableName", table);
    members.add("BillingMode", "PAY_PER_REQUEST");
    {
        json_array all(members.add_raw("AttributeDefinitions"));
        for (const auto name :
             {attribute::id, attribute::section_id, attribute::timestamp, attribute::queue})
            append_attribute(all.next(), name);
    }
    {
        json_array key(members.add_raw("KeySchema"));
        append_key_part(key.next(), attribute::id, "HASH");
    }
    json_array indexes(members.add_raw("GlobalSecondaryIndexes"));
    append_index(indexes.next(), section_index, attribute::section_id);
    append_index(indexes.next(), queue_index, attribute::queue);
}

void append_time_to_live(std::string& to, std::string_view table) {
    json_object members(to);
    members.add("TableName", table);
    json_object rule(members.add_raw("TimeToLiveSpecification"));
    rule.add("AttributeName", attribute::expires);
    rule.add("Enabled", true);
}

bool is_active(const table_access& access) {
    std::string body;
    {
        json_object members(body);
        members.add("TableName", access.table());
    }
    const answer got = access.ask("DescribeTable", body);
    const auto* const described = got.object("Table");
    const auto* const status =
        described != nullptr ? described->if_contains("TableStatus") : nullptr;
    return status != nullptr && status->is_string() && status->get_string() == "ACTIVE";
}

}  // namespace

void create_dynamodb_table(
    aws::client& service, std::string_view table, aws::client::clock::time_point deadline
) {
    const std::string name(table);
    const table_access access(service, name, deadline);
    std::string body;
    append_table(body, table);
    static_cast<void>(access.ask("CreateTable", body));
    for (unsigned tries = 1; !is_active(access); ++tries) {
        if (!access.pause(tries)) throw store_error("the table was not ready in time");
    }
    body.clear();
    append_time_to_live(body, table);
    static_cast<void>(access.ask("UpdateTimeToLive", body));
}

}  // namespace palabre::store
