// SPDX-License-Identifier: Apache-2.0
#include "store/dynamodb/moderation.hpp"

#include "ports/comment_store.hpp"
#include "store/dynamodb/items.hpp"
#include "store/dynamodb/lookup.hpp"
#include "store/dynamodb/section_item.hpp"
#include "store/dynamodb/table.hpp"

#include <cassert>

namespace palabre::store::dynamodb {
namespace {

// Sets the attributes that say where a comment stands; the expressions of SET and REMOVE, without
// these words.
struct state_change {
    std::string set;
    std::string remove;
};

state_change change_to(comment_state after, std::string_view section, values& with) {
    with.emplace_back(":section", text_value(section));
    if (is_shown(after)) return {"#sectionId = :section", "#pendingSectionId, #queue"};
    with.emplace_back(":queue", text_value(name_of(after)));
    return {"#pendingSectionId = :section, #queue = :queue", "#sectionId"};
}

// Whether a decision with this very entry was made already: by an earlier try of ours, whose answer
// was lost.
bool is_made_already(const outcome& of, std::size_t audit_place, const audit_entry& entry) {
    const auto* const known = of.found(audit_place);
    if (known == nullptr) return false;
    if (read_audit_entry(*known) != entry)
        throw store_error("an audit entry with this id is stored already");
    return true;
}

[[noreturn]] void others_kept_changing_it() {
    throw store_error("somebody else was changing the same comment all the time: try again");
}

// Adds the update of the comment. Of its words nothing is written, so that an edit stays.
void add_state_change(transaction& to, const comment& about, comment_state after) {
    values with;
    auto condition = is_still(about.state, with);
    const auto change = change_to(after, about.section, with);
    to.add(update_item(
        to_string(about.id),
        "SET " + change.set + " REMOVE " + change.remove,
        std::move(condition),
        std::move(with)
    ));
}

void add_edit(transaction& to, const comment& stored, const comment& edited) {
    values with;
    auto condition = is_still(stored.state, with) + " AND #text = :before";
    with.emplace_back(":before", text_value(stored.text));
    auto [set, remove] = change_to(edited.state, stored.section, with);
    set += ", #text = :text, #html = :html, #renderer = :renderer";
    with.emplace_back(":text", text_value(edited.text));
    with.emplace_back(":html", text_value(edited.html));
    with.emplace_back(":renderer", number_value(edited.renderer));
    if (edited.edited_at) {
        set += ", #editedAt = :edited";
        with.emplace_back(":edited", text_value(to_rfc3339(*edited.edited_at)));
    } else {
        remove += ", #editedAt";
    }
    if (!edited.held_because.empty()) {
        set += ", #heldBecause = :because";
        with.emplace_back(":because", text_value(edited.held_because));
    } else {
        remove += ", #heldBecause";
    }
    to.add(update_item(
        to_string(stored.id),
        "SET " + set + " REMOVE " + remove,
        std::move(condition),
        std::move(with)
    ));
}

audit_entry entry_for(const audit_entry& entry, const std::string& section) {
    auto made = entry;
    made.section = section;
    return made;
}

}  // namespace

std::string is_still(comment_state state, values& with) {
    switch (state) {
        case comment_state::published:
            return "attribute_exists(#sectionId) AND attribute_not_exists(#deleted)";
        case comment_state::deleted:
            return "attribute_exists(#deleted)";
        default:
            with.emplace_back(":is", text_value(name_of(state)));
            return "#queue = :is";
    }
}

void count_change(
    transaction& to,
    const audit_entry& noted,
    comment_state before,
    std::optional<comment_state> after
) {
    const int was = before == comment_state::published ? 1 : 0;
    const int is = after == comment_state::published ? 1 : 0;
    to.add(section_update(noted.section, is - was, noted.at));
}

std::optional<decision_made> decide_comment(
    const table_access& access, token_source& tokens, const audit_entry& entry
) {
    if (!entry.about) return std::nullopt;
    for (unsigned tries = 1;; ++tries) {
        const auto about = look_up_comment(access, *entry.about);
        if (!about || about->state == comment_state::deleted) return std::nullopt;
        const auto noted = entry_for(entry, about->section);
        // A tombstone above it may go along.
        const bool seen = is_shown(about->state) || about->parent.has_value();
        decision_made made{{about->state, std::nullopt}, about->section, seen};
        transaction all;
        const auto audit_place = all.add(put_new(item_of(noted)));
        if (entry.what == action::remove) {
            made.what.after = remove_comment(access, all, *about);
        } else {
            made.what.after = state_after(entry.what);
            add_state_change(all, *about, *made.what.after);
        }
        if (made.what.after && is_shown(*made.what.after)) made.seen = true;
        count_change(all, noted, about->state, made.what.after);
        const outcome done = transact(access, tokens, all);
        if (done.is_done() || is_made_already(done, audit_place, noted)) return made;
        if (!access.pause(tries)) others_kept_changing_it();
    }
}

bool edit_comment(
    const table_access& access,
    token_source& tokens,
    const comment& edited,
    std::string_view text_before,
    const audit_entry& entry,
    bool& seen
) {
    for (unsigned tries = 1;; ++tries) {
        const auto stored = look_up_comment(access, edited.id);
        if (!stored || stored->state == comment_state::deleted || stored->text != text_before)
            return false;
        const auto noted = entry_for(entry, stored->section);
        seen = is_shown(stored->state) || is_shown(edited.state);
        transaction all;
        const auto audit_place = all.add(put_new(item_of(noted)));
        add_edit(all, *stored, edited);
        count_change(all, noted, stored->state, edited.state);
        const outcome done = transact(access, tokens, all);
        if (done.is_done() || is_made_already(done, audit_place, noted)) return true;
        if (!access.pause(tries)) others_kept_changing_it();
    }
}

void close_or_reopen(const table_access& access, token_source& tokens, const audit_entry& entry) {
    transaction all;
    const auto audit_place = all.add(put_new(item_of(entry)));
    if (entry.what == action::close) {
        // In the index of pages, in front of all comments: whoever reads a page learns of it.
        all.add(update_item(
            section_item_id(entry.section),
            "SET #closed = :yes, #sectionId = :section, #timestamp = :closed, #changedAt = :now "
            "ADD #changes :one",
            {},
            {{":yes", flag_value(true)},
             {":section", text_value(entry.section)},
             {":closed", text_value(closed_timestamp)},
             {":now", number_value(entry.at.ms)},
             {":one", number_value(1)}}
        ));
    } else {
        all.add(update_item(
            section_item_id(entry.section),
            "REMOVE #closed, #sectionId, #timestamp SET #changedAt = :now ADD #changes :one",
            {},
            {{":now", number_value(entry.at.ms)}, {":one", number_value(1)}}
        ));
    }
    const outcome done = transact(access, tokens, all);
    if (!done.is_done() && !is_made_already(done, audit_place, entry)) {
        throw store_error("the section could not be closed or reopened: try again");
    }
}

}  // namespace palabre::store::dynamodb
