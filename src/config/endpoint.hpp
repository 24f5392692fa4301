// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace palabre::config {

struct endpoint {
    std::string address;  // numeric: "127.0.0.1", "::1"
    std::uint16_t port = 0;
    bool operator==(const endpoint&) const = default;
};

// Reads "127.0.0.1:8080", "[::1]:8080" or "localhost:8080" (127.0.0.1). Empty for anything else:
// names are not looked up, because what they mean may change between two starts.
[[nodiscard]] std::optional<endpoint> parse_endpoint(std::string_view text);

}  // namespace palabre::config
