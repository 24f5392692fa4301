// SPDX-License-Identifier: Apache-2.0
#include "store/dynamodb/transaction.hpp"

#include "ports/comment_store.hpp"
#include "store/dynamodb/errors.hpp"
#include "store/dynamodb/table.hpp"
#include "util/sha256.hpp"

#include <boost/json/array.hpp>

#include <random>

namespace palabre::store::dynamodb {
namespace {

std::string_view name_of(write_action::kind what) {
    switch (what) {
        case write_action::kind::put:
            return "Put";
        case write_action::kind::update:
            return "Update";
        case write_action::kind::remove:
            return "Delete";
        case write_action::kind::check:
            break;
    }
    return "ConditionCheck";
}

void add_members(util::json_object& to, const write_action& of, std::string_view table) {
    to.add("TableName", table);
    if (of.what == write_action::kind::put) {
        to.add_raw("Item").append(of.item);
    } else {
        append_key(to.add_raw("Key"), of.id);
    }
    add_unless_empty(to, "ConditionExpression", of.condition);
    add_unless_empty(to, "UpdateExpression", of.update);
    add_names(to, {of.condition, of.update});
    add_values(to, of.with);
}

std::string body_of(const transaction& what, std::string_view table, std::string_view token) {
    std::string body;
    body.reserve(what.bytes() + 512 * what.actions().size());
    {
        util::json_object root(body);
        root.add("ClientRequestToken", token);
        util::json_array all(root.add_raw("TransactItems"));
        for (const auto& each : what.actions()) {
            util::json_object outer(all.next());
            util::json_object members(outer.add_raw(name_of(each.what)));
            add_members(members, each, table);
            if (!each.condition.empty())
                members.add("ReturnValuesOnConditionCheckFailure", "ALL_OLD");
        }
    }
    return body;
}

enum class verdict { conditions, others_in_the_way, wrong };

std::string_view code_of(const boost::json::value& reason) {
    const auto* const members = reason.if_object();
    const auto* const code = members != nullptr ? members->if_contains("Code") : nullptr;
    return code != nullptr && code->is_string() ? std::string_view(code->get_string()) : "";
}

// While anybody is in the way, what the conditions found is not the whole story.
verdict judge(const answer& refused) {
    if (refused.error() == "TransactionConflictException") return verdict::others_in_the_way;
    const auto* const reasons = refused.array("CancellationReasons");
    if (reasons == nullptr) return verdict::wrong;
    bool others = false;
    for (const auto& each : *reasons) {
        const auto code = code_of(each);
        if (code.empty() || code == "None" || code == "ConditionalCheckFailed") continue;
        if (code != "TransactionConflict" && code != "ThrottlingError" &&
            code != "ProvisionedThroughputExceeded") {
            return verdict::wrong;
        }
        others = true;
    }
    return others ? verdict::others_in_the_way : verdict::conditions;
}

[[noreturn]] void refuse(const answer& refused, std::string_view table) {
    const auto* const message = refused.root().if_contains("Message");
    const auto* const lower = refused.root().if_contains("message");
    const auto* const text = message != nullptr ? message : lower;
    throw store_error(sentence_about(
        refused.error(), text != nullptr && text->is_string() ? text->get_string() : "", table
    ));
}

[[noreturn]] void others_kept_writing() {
    throw store_error(
        "others were writing to the same comments or the same section all the time: try again"
    );
}

}  // namespace

write_action put_new(std::string whole) {
    return {write_action::kind::put, {}, std::move(whole), "attribute_not_exists(#id)", {}};
}

write_action check_that(std::string id, std::string condition, values with) {
    return {
        write_action::kind::check, std::move(id), {}, std::move(condition), {}, std::move(with)
    };
}

write_action update_item(std::string id, std::string update, std::string condition, values with) {
    return {
        write_action::kind::update,
        std::move(id),
        {},
        std::move(condition),
        std::move(update),
        std::move(with)
    };
}

write_action delete_item(std::string id, std::string condition, values with) {
    return {
        write_action::kind::remove, std::move(id), {}, std::move(condition), {}, std::move(with)
    };
}

std::size_t transaction::add(write_action what) {
    bytes_ += what.item.size();
    for (const auto& [name, value] : what.with)
        bytes_ += value.size();
    actions_.push_back(std::move(what));
    return actions_.size() - 1;
}

token_source::token_source() {
    std::random_device device;
    std::string seed;
    for (int i = 0; i < 3; ++i) {
        const auto drawn = device();
        seed.append(reinterpret_cast<const char*>(&drawn), sizeof drawn);
    }
    ours_ = util::to_hex(seed);
    ours_.resize(20);  // of the 36 characters that a token may have; 16 are for the count
}

std::string token_source::next() {
    return ours_ + std::to_string(++count_);
}

bool outcome::has_failed(std::size_t place) const {
    if (!refused_) return false;
    return code_of(refused_->array("CancellationReasons")->at(place)) == "ConditionalCheckFailed";
}

const item* outcome::found(std::size_t place) const {
    if (!has_failed(place)) return nullptr;
    const auto& reason = refused_->array("CancellationReasons")->at(place).get_object();
    const auto* const old = reason.if_contains("Item");
    return old != nullptr ? old->if_object() : nullptr;
}

outcome transact(const table_access& access, token_source& tokens, const transaction& what) {
    for (unsigned tries = 1;; ++tries) {
        const auto body = body_of(what, access.table(), tokens.next());
        auto got = access.attempt("TransactWriteItems", body);
        if (got->is_fine()) return outcome(nullptr);
        switch (judge(*got)) {
            case verdict::conditions:
                return outcome(std::move(got));
            case verdict::wrong:
                refuse(*got, access.table());
            case verdict::others_in_the_way:
                if (!access.pause(tries)) others_kept_writing();
        }
    }
}

bool update_alone(const table_access& access, const write_action& what, std::string* old_section) {
    std::string body;
    {
        util::json_object members(body);
        add_members(members, what, access.table());
        if (old_section != nullptr) members.add("ReturnValues", "ALL_OLD");
    }
    for (unsigned tries = 1;; ++tries) {
        const auto got = access.attempt("UpdateItem", body);
        if (got->is_fine()) {
            const auto* const old = got->object("Attributes");
            if (old_section != nullptr && old != nullptr)
                *old_section = text_of(*old, attribute::section_id);
            return true;
        }
        if (got->error() == "ConditionalCheckFailedException") return false;
        if (!access.pause(tries)) others_kept_writing();
    }
}

}  // namespace palabre::store::dynamodb
