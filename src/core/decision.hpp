// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/comment_id.hpp"
#include "core/comment_state.hpp"
#include "core/timestamp.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace palabre {

// Everything that is done to a comment or a section after it was posted, and by whom. The numbers
// are stored.
enum class action : std::uint8_t {
    publish = 0,
    reject = 1,
    spam = 2,
    remove = 3,  // "delete": the words go; a tombstone stays while there are replies
    edit = 4,    // by its author
    close = 5,   // no more comments in this section
    reopen = 6,
};

// The name used in the API and in backups: "publish", "delete", …
[[nodiscard]] std::string_view name_of(action what) noexcept;
[[nodiscard]] std::optional<action> parse_action(std::string_view name) noexcept;

// Those of the actions that a moderator takes about one comment.
[[nodiscard]] constexpr bool is_decision(action what) noexcept {
    return what <= action::remove;
}

// What a comment is after the decision to publish, reject or call it spam. Asserts one of these.
[[nodiscard]] comment_state state_after(action decided) noexcept;

// A sentence from one moderator to the others.
inline constexpr std::size_t audit_note_characters_max = 500;

// One line of the audit: who did what, and when. Never changed and never deleted; it says nothing
// of what a comment said.
struct audit_entry {
    comment_id id;  // a UUIDv7 of its own; order is (at, id)
    timestamp at;
    std::string by;  // "key:anna", "terminal:root", "author"
    action what = action::publish;
    std::optional<comment_id> about;  // none for close and reopen
    std::string section;
    std::string note;

    bool operator==(const audit_entry&) const = default;
};

}  // namespace palabre
