// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/limits.hpp"
#include "core/result.hpp"
#include "ports/clock.hpp"
#include "ports/comment_store.hpp"
#include "ports/id_source.hpp"
#include "ports/moderation_store.hpp"
#include "service/caller.hpp"
#include "service/posting_rules.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace palabre {

// Lets an author change or delete a comment for rules.edit_ms after it was posted, by the token
// that came with the answer to the post. Thread-safe when its ports are; the references must
// outlive it.
class edit_comment {
public:
    struct ports {
        comment_store& comments;
        moderation_store& moderation;
        const clock& time;
        id_source& ids;
    };

    edit_comment(
        const ports& over, const limits& allowed, const posting_rules& rules, std::string secret
    );

    // The comment with its new text, judged as a new one would be: it may be held now. Refuses
    // with unknown_comment, edit_refused, invalid_fields, or edit_conflict when the comment was
    // changed meanwhile. Throws store_error.
    [[nodiscard]] result<comment> change(
        std::string_view id,
        const std::optional<std::string_view>& token,
        const std::optional<std::string>& text,
        const caller& from
    );

    // Refuses with unknown_comment or edit_refused. Throws store_error.
    [[nodiscard]] result<void> remove(
        std::string_view id, const std::optional<std::string_view>& token
    );

private:
    [[nodiscard]] result<comment> find_own(
        std::string_view id, const std::optional<std::string_view>& token
    );
    [[nodiscard]] audit_entry entry_for(action what, const comment& about);

    ports over_;
    limits allowed_;
    const posting_rules& rules_;
    std::string secret_;
};

}  // namespace palabre
