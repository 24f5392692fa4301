// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/draft.hpp"
#include "core/limits.hpp"
#include "core/result.hpp"
#include "ports/clock.hpp"
#include "ports/comment_store.hpp"
#include "ports/id_source.hpp"
#include "ports/key_store.hpp"
#include "ports/moderation_store.hpp"
#include "service/judge_comment.hpp"
#include "service/posting_rules.hpp"

#include <optional>
#include <string>

namespace palabre {

// Checks a draft, renders it, judges it, and stores it durably.
// Thread-safe when its ports are. The references must outlive it.
class post_comment {
public:
    struct input {
        raw_draft draft;
        std::optional<std::string> idempotency_key;  // as sent; checked here
        form_signals signals;
        caller from;
    };

    enum class outcome { stored, replayed };

    struct output {
        comment stored;
        outcome how = outcome::stored;
    };

    struct ports {
        comment_store& comments;
        moderation_store& moderation;
        key_store& keys;
        const clock& time;
        id_source& ids;
    };

    post_comment(const ports& over, const limits& allowed, const posting_rules& rules);

    // Refuses with key_required, invalid_fields, invalid_idempotency_key, unknown_parent,
    // reply_too_deep, quota_exceeded, section_closed or idempotency_conflict. Throws store_error
    // when the comment could not be made durable.
    [[nodiscard]] result<output> run(const input& asked);

private:
    [[nodiscard]] result<comment> compose(const draft& checked);
    [[nodiscard]] result<output> store(
        const comment& made, const std::optional<idempotency_record>& once
    );

    ports over_;
    limits allowed_;
    const posting_rules& rules_;
};

}  // namespace palabre
