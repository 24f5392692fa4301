// SPDX-License-Identifier: Apache-2.0
#include "core/ip_address.hpp"

#include <gtest/gtest.h>

namespace palabre {
namespace {

using namespace std::string_view_literals;

TEST(ip_address, is_read_and_written_in_its_shortest_form) {
    struct row {
        std::string_view text, shown;
    };
    const row rows[] = {
        {"192.0.2.1", "192.0.2.1"},
        {"0.0.0.0", "0.0.0.0"},
        {"255.255.255.255", "255.255.255.255"},
        {"2001:DB8:0:0:0:0:0:1", "2001:db8::1"},
        {"::1", "::1"},
        {"::ffff:192.0.2.1", "192.0.2.1"},
        {"::FFFF:c000:201", "192.0.2.1"},
        {"0000:0000:0000:0000:0000:ffff:192.168.100.228", "192.168.100.228"},
    };
    for (const auto& [text, shown] : rows) {
        const auto read = parse_ip_address(text);
        ASSERT_TRUE(read) << text;
        EXPECT_TRUE(read->is_known()) << text;
        EXPECT_EQ(to_string(*read), shown);
    }
    EXPECT_EQ(to_string(ip_address{}), "unknown");
    EXPECT_EQ(ip_v4({192, 0, 2, 1}), parse_ip_address("::ffff:192.0.2.1"));
}

TEST(ip_address, is_nothing_else) {
    const std::string_view wrong[] = {
        "",
        " 192.0.2.1",
        "192.0.2.1 ",
        "192.0.2",
        "192.0.2.1.1",
        "192.0.2.256",
        "192.0.2.01",
        "0x7f.0.0.1",
        "2130706433",
        "192.0.2.1:80",
        "[::1]",
        "fe80::1%eth0",
        "::ffff:1.2.3.4.5",
        ":::",
        "1::2::3",
        "localhost",
        "192.0.2.1\0x"sv,
        "\0"sv,
        "::1\n",
        "12345::",
        "0000:0000:0000:0000:0000:ffff:192.168.100.2280",
    };
    for (const auto text : wrong)
        EXPECT_FALSE(parse_ip_address(text)) << text;
}

TEST(ip_network, holds_what_begins_with_its_bits) {
    struct row {
        std::string_view network, address;
        bool held;
    };
    const row rows[] = {
        {"10.0.0.0/8", "10.255.0.1", true},
        {"10.0.0.0/8", "11.0.0.0", false},
        {"10.0.0.0/8", "::ffff:10.1.1.1", true},
        {"192.0.2.128/25", "192.0.2.128", true},
        {"192.0.2.128/25", "192.0.2.127", false},
        {"192.0.2.7", "192.0.2.7", true},
        {"192.0.2.7/32", "192.0.2.6", false},
        {"128.0.0.0/1", "200.0.0.1", true},
        {"128.0.0.0/1", "100.0.0.1", false},
        {"2001:db8::/32", "2001:db8:ffff::1", true},
        {"2001:db8::/32", "2001:db9::", false},
        {"2001:db8::/33", "2001:db8:8000::", false},
        {"::1", "::1", true},
        {"::1", "127.0.0.1", false},
        {"::ffff:10.0.0.0/104", "10.9.9.9", true},
    };
    for (const auto& [network, address, held] : rows) {
        const auto all = parse_ip_network(network);
        ASSERT_TRUE(all) << network;
        EXPECT_EQ(all->contains(*parse_ip_address(address)), held) << network << " " << address;
    }
}

// IPv4 addresses begin with eighty zeros inside: no network of IPv6 may catch them by that.
TEST(ip_network, does_not_reach_into_the_other_family) {
    const auto zeros = parse_ip_network("0:0:0:1::/40");
    EXPECT_FALSE(zeros);
    const ip_network low{*parse_ip_address("::1"), 64};
    EXPECT_FALSE(low.contains(*parse_ip_address("10.0.0.1")));
    EXPECT_TRUE(low.contains(*parse_ip_address("::2")));
}

TEST(ip_network, refuses_what_somebody_did_not_mean) {
    const std::string_view wrong[] = {
        "10.1.2.3/8",
        "10.0.0.0/33",
        "10.0.0.0/0",
        "::/0",
        "0.0.0.0/0",
        "10.0.0.0/",
        "10.0.0.0/08",
        "10.0.0.0/-1",
        "10.0.0.0/8 ",
        "10.0.0.0/8/8",
        "/8",
        "",
        "::",
        "2001:db8::1/64",
        "2001:db8::/129",
        "::ffff:0:0/96",
        "::ffff:0:0/90",
        "10.0.0.0/4294967304",
    };
    for (const auto text : wrong)
        EXPECT_FALSE(parse_ip_network(text)) << text;
}

}  // namespace
}  // namespace palabre
