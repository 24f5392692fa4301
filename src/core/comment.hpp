// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/comment_id.hpp"
#include "core/comment_state.hpp"
#include "core/timestamp.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace palabre {

// One comment, as it is stored. All text is valid UTF-8.
struct comment {
    comment_id id;
    std::string section;  // a section id as core/section_id.hpp makes it
    timestamp at;         // when it was posted; order is (at, id)
    std::string author;
    std::string text;                    // Markdown, exactly as written
    std::string html;                    // safe HTML made from text by markup/render.hpp
    std::uint32_t renderer = 0;          // markup::renderer_version that made html
    std::optional<comment_id> parent;    // a comment of the same section
    std::uint32_t depth = 0;             // 0 for a comment, 1 for a reply to it, …
    std::optional<std::string> website;  // absolute http(s) URL
    std::optional<timestamp> edited_at;
    comment_state state = comment_state::published;
    std::string held_because;  // for moderators: what spoke against it when it came; often empty
    bool verified = false;     // the author was signed in

    bool operator==(const comment&) const = default;
};

// Where a comment stands in its section: newest first means descending by this.
struct position {
    timestamp at;
    comment_id id;

    auto operator<=>(const position&) const = default;
};

[[nodiscard]] inline position position_of(const comment& c) noexcept {
    return {c.at, c.id};
}

}  // namespace palabre
