// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace palabre {

// An instant in UTC, in whole milliseconds since 1970-01-01T00:00:00Z. A value.
struct timestamp {
    std::int64_t ms = 0;

    auto operator<=>(const timestamp&) const = default;
};

// The range that has four-digit years and fits a UUIDv7: 1970-01-01 to 9999-12-31.
inline constexpr timestamp timestamp_min{0};
inline constexpr timestamp timestamp_max{253'402'300'799'999};

// RFC 3339 with milliseconds: "2026-11-22T17:45:00.000Z". `at` must be in range.
[[nodiscard]] std::string to_rfc3339(timestamp at);

// Reads RFC 3339 (RFC 3339 §5.6: any offset, any number of fraction digits, further ones cut off).
// Empty when the text is anything else, names a day that does not exist, or is out of range.
[[nodiscard]] std::optional<timestamp> parse_rfc3339(std::string_view text);

}  // namespace palabre
