// SPDX-License-Identifier: Apache-2.0
#include "store/dynamodb/move_mark.hpp"

#include "store/dynamodb/expression.hpp"
#include "store/dynamodb/lookup.hpp"
#include "store/dynamodb/table.hpp"
#include "util/json_text.hpp"

namespace palabre::store::dynamodb {
namespace {

std::string mark_item(const move_mark& mark) {
    std::string made;
    {
        item_writer to(made);
        to.text(attribute::id, move_item_id);
        if (mark.written_up_to) to.text(attribute::comment_id, to_string(*mark.written_up_to));
    }
    return made;
}

}  // namespace

std::optional<move_mark> read_move_mark(const table_access& access) {
    std::optional<move_mark> found;
    look_up(access, move_item_id, [&](const item& each) {
        found.emplace().written_up_to = parse_comment_id(text_of(each, attribute::comment_id));
    });
    return found;
}

void write_move_mark(const table_access& access, const move_mark& mark) {
    std::string body;
    {
        util::json_object members(body);
        members.add("TableName", access.table());
        members.add_raw("Item").append(mark_item(mark));
    }
    static_cast<void>(access.ask("PutItem", body));
}

void remove_move_mark(const table_access& access) {
    std::string body;
    {
        util::json_object members(body);
        members.add("TableName", access.table());
        append_key(members.add_raw("Key"), move_item_id);
    }
    static_cast<void>(access.ask("DeleteItem", body));
}

}  // namespace palabre::store::dynamodb
