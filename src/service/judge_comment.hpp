// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/comment.hpp"
#include "ports/comment_store.hpp"
#include "ports/moderation_store.hpp"
#include "service/caller.hpp"
#include "service/posting_rules.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace palabre {

// Texts shorter than this are said twice by honest people: "Merci !".
inline constexpr std::size_t duplicate_characters_min = 20;
// Among so many of the latest comments, and no older than that, is a duplicate looked for.
inline constexpr std::size_t duplicate_comments = 20;
inline constexpr std::int64_t duplicate_ms = 24LL * 60 * 60 * 1000;

// What a form tells about how it was filled in.
struct form_signals {
    bool trap_filled = false;
    std::optional<std::int64_t> elapsed_ms;  // from the first key to the button
};

struct verdict {
    comment_state state = comment_state::published;
    std::string reason;  // for moderators, one line; empty when published
};

// Says before publication where a comment belongs: published, held, or spam. Moderators are
// trusted. Asks the stores only for duplicates; throws store_error.
[[nodiscard]] verdict judge_comment(
    const comment& made,
    const form_signals& signals,
    const caller& from,
    const posting_rules& rules,
    comment_store& comments,
    moderation_store& moderation
);

}  // namespace palabre
