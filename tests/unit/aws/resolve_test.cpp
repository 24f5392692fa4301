// SPDX-License-Identifier: Apache-2.0
#include "aws/resolve.hpp"

#include "aws/connection_error.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

namespace palabre::aws {
namespace {

constexpr std::uint16_t port = 8443;
constexpr std::chrono::steady_clock::time_point passed{};  // when the machine started

// An address needs no time, and asks nobody: even after the deadline there is an answer.
TEST(resolve, takes_an_address_of_four_bytes_for_itself) {
    const auto found = resolve("192.0.2.7", port, passed);
    ASSERT_EQ(found.size(), 1U);
    ASSERT_EQ(found[0].length, sizeof(sockaddr_in));
    const auto& four = reinterpret_cast<const sockaddr_in&>(found[0].bytes);
    EXPECT_EQ(four.sin_family, AF_INET);
    EXPECT_EQ(ntohl(four.sin_addr.s_addr), 0xc0000207U);
    EXPECT_EQ(ntohs(four.sin_port), port);
}

TEST(resolve, takes_an_address_of_sixteen_bytes_for_itself) {
    const auto found = resolve("2001:db8::7", port, passed);
    ASSERT_EQ(found.size(), 1U);
    ASSERT_EQ(found[0].length, sizeof(sockaddr_in6));
    const auto& six = reinterpret_cast<const sockaddr_in6&>(found[0].bytes);
    EXPECT_EQ(six.sin6_family, AF_INET6);
    EXPECT_EQ(six.sin6_addr.s6_addr[0], 0x20);
    EXPECT_EQ(six.sin6_addr.s6_addr[15], 7);
    EXPECT_EQ(ntohs(six.sin6_port), port);
}

TEST(resolve, asks_for_what_only_looks_like_an_address) {
    for (const char* name : {"192.0.2.256", "1.2.3", "2001:db8::g", "192.0.2.7.palabre.invalid"})
        EXPECT_THROW(static_cast<void>(resolve(name, port, passed)), connection_error) << name;
}

}  // namespace
}  // namespace palabre::aws
