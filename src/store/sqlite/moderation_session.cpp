// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/moderation_session.hpp"

#include "store/sqlite/rows.hpp"
#include "store/sqlite/sql.hpp"

#include <utility>

namespace palabre::store {
namespace {

bool is_visible_change(comment_state before, std::optional<comment_state> after) {
    return is_shown(before) || (after && is_shown(*after));
}

}  // namespace

moderation_session::moderation_session(database& db)
    : db_(db),
      find_any_(db, sql::find_any),
      has_replies_(db, sql::has_replies),
      set_state_(db, sql::set_state),
      edit_(db, sql::edit_comment),
      make_tombstone_(db, sql::make_tombstone),
      erase_(db, sql::erase_comment),
      add_section_(db, sql::add_section),
      add_to_count_(db, sql::add_to_count),
      set_closed_(db, sql::set_closed),
      add_audit_(db, sql::add_audit) {}

std::optional<decided> moderation_session::decide(
    const audit_entry& entry, std::vector<std::string>& changed
) {
    if (!entry.about) return std::nullopt;
    const auto found = find_any(*entry.about);
    if (!found || found->state == comment_state::deleted) return std::nullopt;
    decided made{found->state, std::nullopt};
    if (entry.what == action::remove) {
        made.after = remove(*found);
    } else {
        made.after = state_after(entry.what);
        set_state_.execute(found->id, static_cast<std::uint32_t>(*made.after));
    }
    count(*found, made.after);
    note(entry, found->section);
    if (is_visible_change(made.before, made.after)) changed.push_back(found->section);
    return made;
}

std::optional<comment_state> moderation_session::remove(const comment& going) {
    if (has_replies(going.id)) {
        make_tombstone_.execute(going.id);
        return comment_state::deleted;
    }
    erase_.execute(going.id);
    remove_empty_tombstones(going.parent);
    return std::nullopt;
}

// A tombstone keeps a place for replies; the last of them takes it along.
void moderation_session::remove_empty_tombstones(std::optional<comment_id> from) {
    while (from) {
        const auto above = find_any(*from);
        if (!above || above->state != comment_state::deleted || has_replies(above->id)) return;
        erase_.execute(above->id);
        from = above->parent;
    }
}

bool moderation_session::edit(
    const comment& edited,
    std::string_view text_before,
    const audit_entry& entry,
    std::vector<std::string>& changed
) {
    const auto before = find_any(edited.id);
    if (!before) return false;
    edit_.execute(
        edited.id,
        text_before,
        edited.text,
        edited.html,
        edited.renderer,
        edited.edited_at,
        static_cast<std::uint32_t>(edited.state),
        edited.held_because
    );
    if (db_.changes() == 0) return false;
    count(*before, edited.state);
    note(entry, before->section);
    if (is_visible_change(before->state, edited.state)) changed.push_back(before->section);
    return true;
}

void moderation_session::set_closed(const audit_entry& entry, std::vector<std::string>& changed) {
    add_section_.execute(entry.section);
    set_closed_.execute(entry.section, std::uint32_t{entry.what == action::close});
    note(entry, entry.section);
    changed.push_back(entry.section);
}

std::optional<comment> moderation_session::find_any(const comment_id& id) {
    auto rows = find_any_.run(id);
    if (!rows.next()) return std::nullopt;
    return read_comment(rows);
}

bool moderation_session::has_replies(const comment_id& id) {
    auto rows = has_replies_.run(id);
    return rows.next() && rows.integer(0) != 0;
}

void moderation_session::count(const comment& before, std::optional<comment_state> after) {
    const std::int64_t was = before.state == comment_state::published ? 1 : 0;
    const std::int64_t is = after == comment_state::published ? 1 : 0;
    if (was != is) add_to_count_.execute(before.section, is - was);
}

void moderation_session::note(audit_entry entry, const std::string& section) {
    entry.section = section;
    insert_audit_entry(add_audit_, entry);
}

}  // namespace palabre::store
