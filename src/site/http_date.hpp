// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace palabre::site {

// Seconds since 1970 as RFC 9110 §5.6.7 writes dates: "Sun, 06 Nov 1994 08:49:37 GMT".
[[nodiscard]] std::string to_http_date(std::int64_t unix_seconds);

// Reads that form and the two obsolete ones that RFC 9110 asks recipients to know. Empty for
// anything else, and a condition with such a date is then ignored.
[[nodiscard]] std::optional<std::int64_t> from_http_date(std::string_view text);

}  // namespace palabre::site
