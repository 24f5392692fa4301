// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace palabre {

// An IP address as 16 bytes. IPv4 stands as its IPv4-mapped IPv6 address (RFC 4291 §2.5.5.2), so
// that both spellings of one address are the same value. All zero ("::", which nobody can send
// from): unknown.
struct ip_address {
    std::array<std::uint8_t, 16> bytes{};

    [[nodiscard]] bool is_v4() const noexcept;
    [[nodiscard]] bool is_known() const noexcept { return *this != ip_address{}; }
    bool operator==(const ip_address&) const = default;
};

[[nodiscard]] ip_address ip_v4(std::array<std::uint8_t, 4> bytes) noexcept;

// "192.0.2.1", "2001:db8::1", "::ffff:192.0.2.1". No brackets, port, zone, leading zeros or spaces.
[[nodiscard]] std::optional<ip_address> parse_ip_address(std::string_view text) noexcept;

// As RFC 5952 has it; "unknown" when it is.
[[nodiscard]] std::string to_string(const ip_address& address);

// All addresses that begin with the same bits.
struct ip_network {
    ip_address first;
    unsigned bits = 128;  // of the 16 bytes: an IPv4 network of 8 bits has 104

    // Never across families: "::/0" holds no IPv4 address.
    [[nodiscard]] bool contains(const ip_address& address) const noexcept;
    bool operator==(const ip_network&) const = default;
};

// "10.0.0.0/8", "2001:db8::/32", or a single address. The part behind the prefix must be zero: who
// writes 10.1.2.3/8 meant something else. A prefix of no bits, which would hold everybody, is not
// taken for a network either.
[[nodiscard]] std::optional<ip_network> parse_ip_network(std::string_view text) noexcept;

}  // namespace palabre
