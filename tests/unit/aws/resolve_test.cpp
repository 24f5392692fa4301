// SPDX-License-Identifier: Apache-2.0
#include "aws/resolve.hpp"

#include "aws/connection_error.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

#include <array>
#include <string>

namespace palabre::aws {
namespace {

using clock = std::chrono::steady_clock;

// No name server can be asked: the time for it has passed.
clock::time_point long_ago() {
    return clock::now() - std::chrono::seconds(1);
}

std::string text_of(const socket_address& address) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    const bool is_v4 = address.bytes.ss_family == AF_INET;
    const void* bytes = nullptr;
    if (is_v4) {
        bytes = &reinterpret_cast<const sockaddr_in&>(address.bytes).sin_addr;
    } else {
        bytes = &reinterpret_cast<const sockaddr_in6&>(address.bytes).sin6_addr;
    }
    ::inet_ntop(address.bytes.ss_family, bytes, text.data(), text.size());
    // At the same place in both.
    const auto port = ntohs(reinterpret_cast<const sockaddr_in&>(address.bytes).sin_port);
    return std::string(text.data()) + " " + std::to_string(port);
}

// c-ares asked the name servers for 127.0.0.1, at each connection to the Runtime API.
TEST(resolve, asks_nobody_for_an_address) {
    const auto v4 = resolve("127.0.0.1", 9001, long_ago());
    ASSERT_EQ(v4.size(), 1U);
    EXPECT_EQ(text_of(v4[0]), "127.0.0.1 9001");
    EXPECT_EQ(v4[0].length, sizeof(sockaddr_in));
    const auto v6 = resolve("fd00:ec2::23", 80, long_ago());
    ASSERT_EQ(v6.size(), 1U);
    EXPECT_EQ(text_of(v6[0]), "fd00:ec2::23 80");
    EXPECT_EQ(v6[0].length, sizeof(sockaddr_in6));
}

TEST(resolve, asks_for_a_name_until_the_deadline) {
    EXPECT_THROW((void)resolve("comments.invalid", 80, long_ago()), connection_error);
}

}  // namespace
}  // namespace palabre::aws
