// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ip_address.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace palabre::guard {

// Which header the proxies in front of us write. One of them only: a proxy that writes one passes
// the other on as the client sent it.
enum class forwarded_by : std::uint8_t { x_forwarded_for, forwarded };

// A chain of proxies is two or three; who names more of ours than this does it to keep us busy.
inline constexpr std::size_t trusted_hops_max = 16;

// Where a request came from.
struct request_origin {
    ip_address client;
    bool secure = false;  // the client spoke TLS, to us or to the proxy that asks for it

    bool operator==(const request_origin&) const = default;
};

// The proxies whose word counts. Thread-safe.
class trusted_proxies {
public:
    // None: whoever is connected is the client.
    trusted_proxies() = default;
    explicit trusted_proxies(
        std::vector<ip_network> networks, forwarded_by header = forwarded_by::x_forwarded_for
    )
        : networks_(std::move(networks)), header_(header) {}

    [[nodiscard]] bool trusts(const ip_address& address) const noexcept;

    // `connected` is what the socket says: the other end of it, and whether it speaks TLS. Headers
    // are those of the request, (name, value), in order.
    //
    // From somebody who is not trusted, headers mean nothing. From a trusted proxy, the addresses
    // it and its like wrote are walked from the right; the first that is not trusted is the
    // client's. What is no address ends the walk: then the last trusted one stands for the client.
    // The scheme is the last one of X-Forwarded-Proto, our neighbour's word, or the one that stands
    // in Forwarded beside the address.
    template <class Headers>
    [[nodiscard]] request_origin find_origin(
        const request_origin& connected, const Headers& headers
    ) const {
        if (networks_.empty() || !trusts(connected.client)) return connected;
        std::vector<std::string_view> lines;
        std::string_view proto;
        for (const auto& [name, value] : headers) {
            if (is_address_header(name)) lines.push_back(value);
            if (is_proto_header(name)) proto = value;
        }
        return walk(connected, lines, proto);
    }

private:
    [[nodiscard]] bool is_address_header(std::string_view name) const noexcept;
    [[nodiscard]] bool is_proto_header(std::string_view name) const noexcept;
    [[nodiscard]] request_origin walk(
        request_origin found, std::span<const std::string_view> lines, std::string_view proto
    ) const noexcept;

    std::vector<ip_network> networks_;
    forwarded_by header_ = forwarded_by::x_forwarded_for;
};

}  // namespace palabre::guard
