// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ports/moderation_store.hpp"
#include "store/sqlite/statement.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace palabre::store {

// The writing verbs of a moderation_store over one connection, under the rules of write_session.
class moderation_session {
public:
    // `db` outlives the session.
    explicit moderation_session(database& db);

    std::optional<decided> decide(const audit_entry& entry, std::vector<std::string>& changed);
    bool edit(
        const comment& edited,
        std::string_view text_before,
        const audit_entry& entry,
        std::vector<std::string>& changed
    );
    void set_closed(const audit_entry& entry, std::vector<std::string>& changed);

private:
    [[nodiscard]] std::optional<comment> find_any(const comment_id& id);
    [[nodiscard]] bool has_replies(const comment_id& id);
    void note(audit_entry entry, const std::string& section);
    std::optional<comment_state> remove(const comment& going);
    void remove_empty_tombstones(std::optional<comment_id> from);
    void count(const comment& before, std::optional<comment_state> after);

    database& db_;
    statement find_any_;
    statement has_replies_;
    statement set_state_;
    statement edit_;
    statement make_tombstone_;
    statement erase_;
    statement add_section_;
    statement add_to_count_;
    statement set_closed_;
    statement add_audit_;
};

}  // namespace palabre::store
