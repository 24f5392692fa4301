// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/draft.hpp"
#include "core/limits.hpp"
#include "core/result.hpp"
#include "ports/clock.hpp"
#include "ports/comment_store.hpp"
#include "ports/id_source.hpp"

#include <optional>
#include <string>

namespace palabre {

// Checks a draft, renders it, and stores it durably.
// Thread-safe when its ports are. The references must outlive it.
class post_comment {
public:
    struct input {
        raw_draft draft;
        std::optional<std::string> idempotency_key;  // as sent; checked here
    };

    enum class outcome { stored, replayed };

    struct output {
        comment stored;
        outcome how = outcome::stored;
    };

    post_comment(comment_store& store, const clock& time, id_source& ids, const limits& allowed);

    // Refuses with invalid_fields, invalid_idempotency_key, unknown_parent, reply_too_deep or
    // idempotency_conflict. Throws store_error when the comment could not be made durable.
    [[nodiscard]] result<output> run(const input& asked);

private:
    [[nodiscard]] result<comment> compose(const draft& checked);

    comment_store& store_;
    const clock& time_;
    id_source& ids_;
    limits allowed_;
};

}  // namespace palabre
