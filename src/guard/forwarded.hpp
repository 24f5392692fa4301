// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ip_address.hpp"

#include <optional>
#include <string_view>

namespace palabre::guard {

// The headers in which proxies say for whom they ask, read from the right: each proxy appends, so
// the last element is the only one that our neighbour wrote, and nothing that a client put to the
// left of it may change how it is read.

// Takes the last element off a list, trimmed. Commas in quotes do not count, and quotes are counted
// from the right. Empty elements are skipped (RFC 9110 §5.6.1). False when nothing is left.
[[nodiscard]] bool take_last_element(std::string_view& list, std::string_view& element) noexcept;

// "192.0.2.1", "192.0.2.1:80", "2001:db8::1", "[2001:db8::1]", "[2001:db8::1]:80". Names, such as
// "unknown" and "_hidden" of RFC 7239, are no address.
[[nodiscard]] std::optional<ip_address> parse_forwarded_node(std::string_view text) noexcept;

// One element of Forwarded (RFC 7239 §4): for="[2001:db8::1]:80";proto=https.
struct forwarded_element {
    std::optional<ip_address> client;  // of "for", if it is an address
    std::optional<bool> secure;        // of "proto", if it is http or https
};

// Nothing when it is not of that form, or names something twice.
[[nodiscard]] std::optional<forwarded_element> parse_forwarded_element(std::string_view element
) noexcept;

// "https" and "http", in any case.
[[nodiscard]] std::optional<bool> parse_forwarded_proto(std::string_view text) noexcept;

}  // namespace palabre::guard
