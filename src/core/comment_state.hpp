// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace palabre {

// Where a comment stands. The numbers are stored.
enum class comment_state : std::uint8_t {
    published = 0,
    held = 1,      // awaits a moderator
    rejected = 2,  // a moderator said no
    spam = 3,      // so said a moderator, or a trap for machines
    deleted = 4,   // a tombstone: its words are gone, and replies keep its place
};

// Whether readers see it in a page, be it as a tombstone. All others are in no public answer.
[[nodiscard]] constexpr bool is_shown(comment_state state) noexcept {
    return state == comment_state::published || state == comment_state::deleted;
}

// The name used in the API and in backups: "published", "held", …
[[nodiscard]] std::string_view name_of(comment_state state) noexcept;
[[nodiscard]] std::optional<comment_state> parse_comment_state(std::string_view name) noexcept;

}  // namespace palabre
