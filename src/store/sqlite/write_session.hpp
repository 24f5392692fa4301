// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ports/comment_store.hpp"
#include "store/sqlite/keys.hpp"
#include "store/sqlite/moderation_session.hpp"
#include "store/sqlite/statement.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace palabre::store {

// The writing verbs over one connection, within a transaction that the caller has begun. Used by
// one thread. Each verb adds the sections in which readers will see a change to `changed`, some
// of them more than once; when it throws, what it added there and wrote is for the caller to undo.
class write_session {
public:
    // `db` outlives the session.
    explicit write_session(database& db);

    post_answer post(
        const comment& draft,
        const std::optional<idempotency_record>& once,
        timestamp now,
        std::vector<std::string>& changed
    );
    std::size_t add_missing(std::span<const comment> batch, std::vector<std::string>& changed);
    void replace_html(std::span<const comment> rendered, std::vector<std::string>& changed);

    // Forgets keys that expired by `now`, the oldest first, no more than `limit`.
    void forget_expired(timestamp now, std::int64_t limit);

    // The verbs of the other ports, prepared when they are first wanted: most starts are for posts.
    [[nodiscard]] moderation_session& moderation();
    [[nodiscard]] key_session& keys();

private:
    [[nodiscard]] std::optional<post_answer> recall(const idempotency_record& once, timestamp now);
    [[nodiscard]] std::optional<comment> find_any(const comment_id& id);
    [[nodiscard]] bool is_closed(std::string_view section);
    void insert(const comment& added, std::vector<std::string>& changed);

    database& db_;
    statement find_any_;
    statement comment_exists_;
    statement add_section_;
    statement add_comment_;
    statement add_to_count_;
    statement find_section_;
    statement replace_html_;
    statement recall_key_;
    statement remember_key_;
    statement forget_expired_;
    std::optional<moderation_session> moderation_;
    std::optional<key_session> keys_;
};

}  // namespace palabre::store
