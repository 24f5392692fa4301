// SPDX-License-Identifier: Apache-2.0
#include "core/ip_address.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

namespace palabre {
namespace {

constexpr std::array<std::uint8_t, 12> mapped_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
constexpr unsigned mapped_bits = 96;
constexpr unsigned all_bits = 128;

// The longest spelling is that of an IPv4-mapped address with all digits.
constexpr std::size_t text_bytes_max = INET6_ADDRSTRLEN - 1;

// Zero in every bit from `bits` on.
bool ends_in_zeros(const ip_address& address, unsigned bits) noexcept {
    for (unsigned bit = bits; bit < all_bits; ++bit) {
        if ((address.bytes[bit / 8] & (0x80U >> (bit % 8))) != 0) return false;
    }
    return true;
}

std::optional<unsigned> parse_prefix_length(std::string_view text, unsigned most) noexcept {
    unsigned length = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), length);
    if (failed != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    if (length == 0 || length > most || text.front() == '0') return std::nullopt;
    return length;
}

}  // namespace

bool ip_address::is_v4() const noexcept {
    return std::equal(mapped_prefix.begin(), mapped_prefix.end(), bytes.begin());
}

ip_address ip_v4(std::array<std::uint8_t, 4> bytes) noexcept {
    ip_address made;
    std::ranges::copy(mapped_prefix, made.bytes.begin());
    std::ranges::copy(bytes, made.bytes.begin() + mapped_prefix.size());
    return made;
}

std::optional<ip_address> parse_ip_address(std::string_view text) noexcept {
    // inet_pton stops at a NUL, which would let anything follow it.
    if (text.size() > text_bytes_max || text.find('\0') != std::string_view::npos) {
        return std::nullopt;
    }
    std::array<char, INET6_ADDRSTRLEN> ended{};
    std::ranges::copy(text, ended.begin());
    if (std::array<std::uint8_t, 4> v4{}; ::inet_pton(AF_INET, ended.data(), v4.data()) == 1) {
        return ip_v4(v4);
    }
    ip_address v6;
    if (::inet_pton(AF_INET6, ended.data(), v6.bytes.data()) == 1) return v6;
    return std::nullopt;
}

std::string to_string(const ip_address& address) {
    if (!address.is_known()) return "unknown";
    std::array<char, INET6_ADDRSTRLEN> text{};
    const bool v4 = address.is_v4();
    const auto* const from = address.bytes.data() + (v4 ? mapped_prefix.size() : 0);
    ::inet_ntop(v4 ? AF_INET : AF_INET6, from, text.data(), text.size());
    return text.data();
}

bool ip_network::contains(const ip_address& address) const noexcept {
    if (first.is_v4() != address.is_v4()) return false;
    const unsigned whole = bits / 8;
    if (!std::equal(first.bytes.begin(), first.bytes.begin() + whole, address.bytes.begin())) {
        return false;
    }
    if (bits % 8 == 0) return true;
    const unsigned mask = 0xff00U >> (bits % 8);
    return ((first.bytes[whole] ^ address.bytes[whole]) & mask & 0xffU) == 0;
}

std::optional<ip_network> parse_ip_network(std::string_view text) noexcept {
    const std::size_t slash = text.find('/');
    const std::string_view start = text.substr(0, slash);
    const auto first = parse_ip_address(start);
    if (!first || !first->is_known()) return std::nullopt;
    if (slash == std::string_view::npos) return ip_network{*first, all_bits};
    // An IPv4 address counts its own 32 bits only when it is written as one.
    const bool dotted = start.find(':') == std::string_view::npos;
    const unsigned before = dotted ? mapped_bits : 0;
    const auto length = parse_prefix_length(text.substr(slash + 1), all_bits - before);
    if (!length) return std::nullopt;
    const ip_network made{*first, before + *length};
    // "::ffff:0:0/90" would be of both families.
    if (first->is_v4() && made.bits <= mapped_bits) return std::nullopt;
    if (!ends_in_zeros(*first, made.bits)) return std::nullopt;
    return made;
}

}  // namespace palabre
