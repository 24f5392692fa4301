// SPDX-License-Identifier: Apache-2.0
// Taking the words of a comment away, and the tombstones that nobody needs any more.
#include "store/dynamodb/items.hpp"
#include "store/dynamodb/lookup.hpp"
#include "store/dynamodb/moderation.hpp"
#include "store/dynamodb/table.hpp"

namespace palabre::store::dynamodb {
namespace {

// Two actions for each, and a few for the comment itself, fit into one transaction. Far deeper
// than replies may stand; what is above stays a tombstone.
constexpr int tombstones_removed_max = 40;

constexpr std::string_view has_no_replies = "attribute_not_exists(#id) OR #replies <= :none";

std::int64_t count_replies(const table_access& access, const comment_id& of) {
    std::int64_t count = 0;
    look_up(access, replies_item_id(of), [&](const item& each) {
        count = number_of(each, attribute::replies);
    });
    return count;
}

// All that was somebody's own. Place, time and thread remain.
void add_tombstone(transaction& to, const comment& going) {
    values with;
    auto condition = is_still(going.state, with);
    with.emplace_back(":section", text_value(going.section));
    with.emplace_back(":yes", flag_value(true));
    to.add(update_item(
        to_string(going.id),
        "SET #deleted = :yes, #sectionId = :section REMOVE #author, #text, #html, #website, "
        "#editedAt, #verified, #heldBecause, #pendingSectionId, #queue",
        std::move(condition),
        std::move(with)
    ));
    to.add(check_that(replies_item_id(going.id), "#replies > :none", {{":none", number_value(0)}}));
}

void add_removal(transaction& to, const comment& going) {
    values with;
    auto condition = is_still(going.state, with);
    to.add(delete_item(to_string(going.id), std::move(condition), std::move(with)));
    to.add(delete_item(
        replies_item_id(going.id), std::string(has_no_replies), {{":none", number_value(0)}}
    ));
}

// One reply less. `condition` keeps two that go at the same time from leaving a tombstone alone.
void add_reply_less(transaction& to, const comment_id& parent, std::string condition) {
    values with{{":less", number_value(-1)}};
    if (!condition.empty()) with.emplace_back(":one", number_value(1));
    to.add(update_item(
        replies_item_id(parent), "ADD #replies :less", std::move(condition), std::move(with)
    ));
}

// What the parent of a comment that goes is told; the comment above it when it goes along.
std::optional<comment_id> add_farewell(
    const table_access& access, transaction& to, const comment_id& parent
) {
    const auto above = look_up_comment(access, parent);
    if (!above || above->state != comment_state::deleted) {
        add_reply_less(to, parent, {});
        to.add(check_that(to_string(parent), "attribute_not_exists(#deleted)"));
        return std::nullopt;
    }
    if (count_replies(access, parent) > 1) {
        add_reply_less(to, parent, "#replies > :one");
        return std::nullopt;
    }
    to.add(delete_item(to_string(parent), "attribute_exists(#deleted)"));
    to.add(delete_item(replies_item_id(parent), "#replies = :one", {{":one", number_value(1)}}));
    return above->parent;
}

}  // namespace

std::optional<comment_state> remove_comment(
    const table_access& access, transaction& to, const comment& going
) {
    if (count_replies(access, going.id) > 0) {
        add_tombstone(to, going);
        return comment_state::deleted;
    }
    add_removal(to, going);
    auto above = going.parent;
    for (int removed = 0; above && removed < tombstones_removed_max; ++removed)
        above = add_farewell(access, to, *above);
    if (above) add_reply_less(to, *above, {});
    return std::nullopt;
}

}  // namespace palabre::store::dynamodb
