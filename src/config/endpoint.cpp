// SPDX-License-Identifier: Apache-2.0
#include "config/endpoint.hpp"

#include <arpa/inet.h>

#include <array>
#include <charconv>

namespace palabre::config {
namespace {

bool is_address(int family, const std::string& text) {
    std::array<unsigned char, sizeof(in6_addr)> binary{};
    return ::inet_pton(family, text.c_str(), binary.data()) == 1;
}

std::optional<std::uint16_t> parse_port(std::string_view text) {
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return port;
}

}  // namespace

std::optional<endpoint> parse_endpoint(std::string_view text) {
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const auto port = parse_port(text.substr(colon + 1));
    if (!port) return std::nullopt;
    std::string address(text.substr(0, colon));
    if (address == "localhost") address = "127.0.0.1";
    // inet_pton stops at a NUL, which would let anything follow it.
    if (address.find('\0') != std::string::npos) return std::nullopt;
    if (is_address(AF_INET, address)) return endpoint{address, *port};
    if (address.size() < 2 || address.front() != '[' || address.back() != ']') return std::nullopt;
    address = address.substr(1, address.size() - 2);
    if (!is_address(AF_INET6, address)) return std::nullopt;
    return endpoint{address, *port};
}

}  // namespace palabre::config
