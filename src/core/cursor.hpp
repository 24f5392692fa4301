// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/comment.hpp"
#include "core/result.hpp"

#include <string>
#include <string_view>

namespace palabre {

enum class direction : std::uint8_t {
    older = 0,  // from newest to oldest, as pages are read
    newer = 1,  // back towards the newest
};

// A place between comments: "what comes after `from`, going that way". It names a position and not
// a count, so it stays right while comments arrive or go.
struct cursor {
    direction towards = direction::older;
    position from;

    bool operator==(const cursor&) const = default;
};

// The opaque text of a cursor, URL-safe, 43 characters. It carries a check of the section.
[[nodiscard]] std::string encode_cursor(const cursor& where, std::string_view section);

// errc::invalid_cursor when the text is not a cursor of ours or was made for another section.
[[nodiscard]] result<cursor> decode_cursor(std::string_view text, std::string_view section);

}  // namespace palabre
