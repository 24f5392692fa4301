// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/comment.hpp"
#include "core/decision.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace palabre {

struct queue_query {
    comment_state state = comment_state::held;
    std::string_view section;            // empty: all sections
    std::optional<position> older_than;  // none: from the newest
    std::size_t limit = 1;               // at least 1
};

struct queue_page {
    std::vector<comment> comments;  // newest first
    bool has_older = false;
};

struct audit_query {
    std::optional<comment_id> about;     // none: everything
    std::optional<position> older_than;  // none: from the newest
    std::size_t limit = 1;               // at least 1
};

// What a decision found and what it left. `after` is none when the comment is gone altogether.
struct decided {
    comment_state before = comment_state::held;
    std::optional<comment_state> after;
};

// What is done to comments after they were posted. Beside comment_store, over the same comments,
// with the same promises about threads, durability and store_error. Every verb that changes
// something writes its audit entry in the same transaction, and tells the observer when readers can
// see the change.
class moderation_store {
public:
    virtual ~moderation_store() = default;

    virtual queue_page list_queue(const queue_query& query) = 0;

    // Does what `entry` says to the comment it is about; nothing, and no entry, when there is no
    // such comment or it is a tombstone. The section of the stored entry is the comment's own.
    //
    // `remove` takes the words away: a comment with replies becomes a tombstone, one without goes,
    // and with it the tombstones above that no reply is left to.
    virtual std::optional<decided> decide(const audit_entry& entry) = 0;

    // Replaces text, html, renderer, edited_at, state and held_because by those of `edited`, if the
    // stored text is still `text_before`; false otherwise. An entry with action::edit.
    virtual bool edit(
        const comment& edited, std::string_view text_before, const audit_entry& entry
    ) = 0;

    // action::close or action::reopen for entry.section, which may be one without comments yet.
    virtual void set_closed(const audit_entry& entry) = 0;

    // Newest first.
    virtual std::vector<audit_entry> list_audit(const audit_query& query) = 0;
};

}  // namespace palabre
