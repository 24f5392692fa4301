// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ports/moderation_store.hpp"
#include "store/dynamodb/table_access.hpp"
#include "store/dynamodb/transaction.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What is done to comments after they were posted. Each verb reads, and then writes under the
// condition that nothing has changed; when it has, it begins again.
namespace palabre::store::dynamodb {

// What a decision made of a comment that was found.
struct decision_made {
    decided what;
    std::string section;
    bool seen = false;  // readers may see the change
};
[[nodiscard]] std::optional<decision_made> decide_comment(
    const table_access& access, token_source& tokens, const audit_entry& entry
);

[[nodiscard]] bool edit_comment(
    const table_access& access,
    token_source& tokens,
    const comment& edited,
    std::string_view text_before,
    const audit_entry& entry,
    bool& seen  // set when readers can see the change
);

void close_or_reopen(const table_access& access, token_source& tokens, const audit_entry& entry);

// The condition that a comment is in a state still; adds what it needs to `with`.
[[nodiscard]] std::string is_still(comment_state state, values& with);

// Adds what a change from one state to another does to the item of the section. Also when the
// comment is not shown: a tombstone above it, which is, may go along.
void count_change(
    transaction& to,
    const audit_entry& noted,
    comment_state before,
    std::optional<comment_state> after
);

// Adds to the transaction what takes the words of a comment away; decide_comment's `remove`. What
// it leaves: none when the comment goes altogether.
[[nodiscard]] std::optional<comment_state> remove_comment(
    const table_access& access, transaction& to, const comment& going
);

}  // namespace palabre::store::dynamodb
