// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/timestamp.hpp"

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace palabre {

// A UUID of version 7 (RFC 9562 §5.7). Compares as its bytes do, so later ids are greater.
struct comment_id {
    std::array<std::uint8_t, 16> bytes{};

    auto operator<=>(const comment_id&) const = default;
};

// Builds a version 7 id from an instant and ten bytes of entropy, of which 74 bits are used.
[[nodiscard]] comment_id make_comment_id(
    timestamp at, const std::array<std::uint8_t, 10>& entropy
) noexcept;

// 36 characters, lower case, as RFC 9562 §4 writes them.
[[nodiscard]] std::string to_string(const comment_id& id);

// Accepts the 36-character form in either case. Empty for anything else. Any version is accepted:
// whether such a comment exists is for the store to say.
[[nodiscard]] std::optional<comment_id> parse_comment_id(std::string_view text) noexcept;

}  // namespace palabre
