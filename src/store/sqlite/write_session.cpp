// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/write_session.hpp"

#include "store/sqlite/rows.hpp"
#include "store/sqlite/sql.hpp"

namespace palabre::store {

write_session::write_session(database& db)
    : db_(db),
      find_any_(db, sql::find_any),
      comment_exists_(db, sql::comment_exists),
      add_section_(db, sql::add_section),
      add_comment_(db, sql::add_comment),
      add_to_count_(db, sql::add_to_count),
      find_section_(db, sql::find_section),
      replace_html_(db, sql::replace_html),
      recall_key_(db, sql::recall_key),
      remember_key_(db, sql::remember_key),
      forget_expired_(db, sql::forget_expired) {}

post_answer write_session::post(
    const comment& draft,
    const std::optional<idempotency_record>& once,
    timestamp now,
    std::vector<std::string>& changed
) {
    if (once) {
        if (auto known = recall(*once, now)) return *std::move(known);
    }
    if (is_closed(draft.section)) return {post_status::closed, std::nullopt};
    insert(draft, changed);
    if (once) remember_key_.execute(once->key, once->content_hash, draft.id, once->expires_at);
    return {post_status::stored, draft};
}

// The answer given to an earlier post with this key, if it must be remembered still.
std::optional<post_answer> write_session::recall(const idempotency_record& once, timestamp now) {
    auto rows = recall_key_.run(once.key, now);
    if (!rows.next()) return std::nullopt;
    if (rows.blob<32>(0) != once.content_hash) {
        return post_answer{post_status::conflict, std::nullopt};
    }
    auto then = find_any(comment_id{rows.blob<16>(1)});
    // The comment may have been deleted since. Then its key means nothing any more.
    if (!then || then->state == comment_state::deleted) return std::nullopt;
    return post_answer{post_status::replayed, std::move(then)};
}

std::optional<comment> write_session::find_any(const comment_id& id) {
    auto rows = find_any_.run(id);
    if (!rows.next()) return std::nullopt;
    return read_comment(rows);
}

void write_session::insert(const comment& added, std::vector<std::string>& changed) {
    add_section_.execute(added.section);
    insert_comment(add_comment_, added);
    if (added.state == comment_state::published) add_to_count_.execute(added.section, 1);
    if (is_shown(added.state)) changed.push_back(added.section);
}

std::size_t write_session::add_missing(
    std::span<const comment> batch, std::vector<std::string>& changed
) {
    std::size_t added = 0;
    for (const auto& each : batch) {
        {
            auto rows = comment_exists_.run(each.id);
            if (rows.next() && rows.integer(0) != 0) continue;
        }
        insert(each, changed);
        ++added;
    }
    return added;
}

void write_session::replace_html(
    std::span<const comment> rendered, std::vector<std::string>& changed
) {
    for (const auto& each : rendered) {
        replace_html_.execute(each.id, each.text, each.html, each.renderer);
        if (db_.changes() == 0) continue;
        const auto now_stored = find_any(each.id);
        if (now_stored && is_shown(now_stored->state)) changed.push_back(now_stored->section);
    }
}

void write_session::forget_expired(timestamp now, std::int64_t limit) {
    forget_expired_.execute(now, limit);
}

bool write_session::is_closed(std::string_view section) {
    auto rows = find_section_.run(section);
    return rows.next() && rows.integer(2) != 0;
}

moderation_session& write_session::moderation() {
    if (!moderation_) moderation_.emplace(db_);
    return *moderation_;
}

key_session& write_session::keys() {
    if (!keys_) keys_.emplace(db_);
    return *keys_;
}

}  // namespace palabre::store
