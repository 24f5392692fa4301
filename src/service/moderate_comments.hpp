// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.hpp"
#include "ports/clock.hpp"
#include "ports/comment_store.hpp"
#include "ports/id_source.hpp"
#include "ports/moderation_store.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace palabre {

// One request decides about so many comments at most: a screenful of a queue, and as many writes.
inline constexpr std::size_t decisions_max = 100;

// What moderators do and see. `by` in every call is who does it, for the audit. Thread-safe when
// its ports are; the references must outlive it. All may throw store_error.
class moderate_comments {
public:
    struct ports {
        comment_store& comments;
        moderation_store& moderation;
        const clock& time;
        id_source& ids;
    };

    explicit moderate_comments(const ports& over) : over_(over) {}

    struct queue_input {
        std::optional<std::string> status;  // none: held
        std::optional<std::string> section;
        std::optional<std::string> cursor;
        std::size_t limit = 1;
    };
    struct queue_output {
        std::vector<comment> comments;  // newest first
        std::optional<std::string> next_cursor;
    };
    // Refuses with invalid_status, invalid_section or invalid_cursor.
    [[nodiscard]] result<queue_output> list(const queue_input& asked);

    struct history {
        comment about;
        std::vector<audit_entry> entries;  // newest first
    };
    // Refuses with unknown_comment.
    [[nodiscard]] result<history> show(std::string_view id);

    struct decision_input {
        std::vector<std::string> ids;
        std::string decision;  // publish, reject, spam or delete
        std::string note;
        std::string by;
    };
    struct decision_output {
        std::string id;
        std::optional<decided> done;  // none: there is no such comment, or it is a tombstone
    };
    // One outcome for each id, in the same order. Refuses with invalid_decision.
    [[nodiscard]] result<std::vector<decision_output>> decide(const decision_input& asked);

    struct section_input {
        std::string section;
        bool closed = false;
        std::string note;
        std::string by;
    };
    // The section's id as it is kept. Refuses with invalid_section or invalid_decision.
    [[nodiscard]] result<std::string> set_closed(const section_input& asked);

    struct audit_output {
        std::vector<audit_entry> entries;  // newest first
        std::optional<std::string> next_cursor;
    };
    // Refuses with invalid_cursor.
    [[nodiscard]] result<audit_output> list_audit(
        const std::optional<std::string>& cursor, std::size_t limit
    );

private:
    [[nodiscard]] audit_entry entry_for(
        action what, const std::string& by, const std::string& note
    );

    ports over_;
};

}  // namespace palabre
