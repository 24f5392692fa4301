// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ip_address.hpp"

#include <algorithm>
#include <string_view>

namespace palabre::guard {

// What stands for one client. A single IPv4 address (many readers may share one: limits are wide
// enough for an office), but the first 64 bits of an IPv6 one, since a household or a hosted
// machine has all the addresses behind them and could use a new one for each request.
[[nodiscard]] inline ip_address client_prefix(ip_address address) noexcept {
    constexpr std::size_t v6_prefix_bytes = 8;
    if (!address.is_v4())
        std::fill(address.bytes.begin() + v6_prefix_bytes, address.bytes.end(), 0);
    return address;
}

// The bytes of a prefix, as key of a bucket.
[[nodiscard]] inline std::string_view bytes_of(const ip_address& prefix) noexcept {
    return {reinterpret_cast<const char*>(prefix.bytes.data()), prefix.bytes.size()};
}

}  // namespace palabre::guard
