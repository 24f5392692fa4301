// SPDX-License-Identifier: Apache-2.0
#include "guard/trusted_proxies.hpp"

#include "guard/forwarded.hpp"

#include <algorithm>
#include <ranges>

namespace palabre::guard {
namespace {

bool is_named(std::string_view name, std::string_view lower) noexcept {
    return std::ranges::equal(name, lower, [](char a, char b) {
        return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + ('a' - 'A')) : a) == b;
    });
}

}  // namespace

bool trusted_proxies::trusts(const ip_address& address) const noexcept {
    return std::ranges::any_of(networks_, [&](const ip_network& n) { return n.contains(address); });
}

bool trusted_proxies::is_address_header(std::string_view name) const noexcept {
    return is_named(name, header_ == forwarded_by::forwarded ? "forwarded" : "x-forwarded-for");
}

bool trusted_proxies::is_proto_header(std::string_view name) const noexcept {
    return header_ == forwarded_by::x_forwarded_for && is_named(name, "x-forwarded-proto");
}

request_origin trusted_proxies::walk(
    request_origin found, std::span<const std::string_view> lines, std::string_view proto
) const noexcept {
    std::string_view element;
    if (take_last_element(proto, element)) {
        found.secure = parse_forwarded_proto(element).value_or(found.secure);
    }
    std::size_t hops = 0;
    // Several lines of a header are one list (RFC 9110 §5.3).
    for (std::string_view line : lines | std::views::reverse) {
        while (take_last_element(line, element)) {
            if (++hops > trusted_hops_max) return found;
            forwarded_element said;
            if (header_ == forwarded_by::forwarded) {
                said = parse_forwarded_element(element).value_or(forwarded_element{});
            } else {
                said.client = parse_forwarded_node(element);
            }
            if (!said.client) return found;
            found.client = *said.client;
            found.secure = said.secure.value_or(found.secure);
            if (!trusts(found.client)) return found;
        }
    }
    return found;
}

}  // namespace palabre::guard
