// SPDX-License-Identifier: Apache-2.0
#include "guard/trusted_proxies.hpp"

#include <gtest/gtest.h>

#include <string>

namespace palabre::guard {
namespace {

struct header {
    std::string_view name, value;
};
using headers = std::vector<header>;

trusted_proxies trusting(
    const std::vector<std::string_view>& networks, forwarded_by by = forwarded_by::x_forwarded_for
) {
    std::vector<ip_network> parsed;
    for (const auto text : networks)
        parsed.push_back(*parse_ip_network(text));
    return trusted_proxies(parsed, by);
}

// "address scheme", as the application would see it.
std::string seen(
    const trusted_proxies& proxies,
    std::string_view peer,
    const headers& sent,
    bool over_tls = false
) {
    const auto found = proxies.find_origin({*parse_ip_address(peer), over_tls}, sent);
    return to_string(found.client) + (found.secure ? " https" : " http");
}

TEST(trusted_proxies, are_nobody_unless_the_owner_says_so) {
    const trusted_proxies none;
    const headers forged{{"X-Forwarded-For", "192.0.2.1"}, {"X-Forwarded-Proto", "https"}};
    EXPECT_EQ(seen(none, "127.0.0.1", forged), "127.0.0.1 http");
    EXPECT_EQ(seen(none, "127.0.0.1", forged, true), "127.0.0.1 https");
}

TEST(trusted_proxies, are_believed_as_far_as_they_go) {
    const auto ours = trusting({"127.0.0.1", "10.0.0.0/8", "2001:db8::/32"});
    struct row {
        std::string_view what, peer;
        headers sent;
        std::string_view expected;
    };
    const row rows[] = {
        {"one proxy", "127.0.0.1", {{"x-forwarded-for", "192.0.2.1"}}, "192.0.2.1 http"},
        {"a chain of ours",
         "127.0.0.1",
         {{"x-forwarded-for", "192.0.2.1, 10.1.1.1"}},
         "192.0.2.1 http"},
        {"a forged start",
         "127.0.0.1",
         {{"x-forwarded-for", "8.8.8.8, 192.0.2.1"}},
         "192.0.2.1 http"},
        {"forged as one of ours",
         "127.0.0.1",
         {{"x-forwarded-for", "8.8.8.8, 10.9.9.9, 192.0.2.1, 10.1.1.1"}},
         "192.0.2.1 http"},
        {"from a stranger", "203.0.113.9", {{"x-forwarded-for", "192.0.2.1"}}, "203.0.113.9 http"},
        {"from a stranger, with a scheme",
         "203.0.113.9",
         {{"x-forwarded-proto", "https"}},
         "203.0.113.9 http"},
        {"all of them ours",
         "127.0.0.1",
         {{"x-forwarded-for", "10.0.0.1, 10.0.0.2"}},
         "10.0.0.1 http"},
        {"nothing said", "127.0.0.1", {}, "127.0.0.1 http"},
        {"an empty header", "127.0.0.1", {{"x-forwarded-for", " , "}}, "127.0.0.1 http"},
        {"garbage next to us",
         "127.0.0.1",
         {{"x-forwarded-for", "192.0.2.1, garbage"}},
         "127.0.0.1 http"},
        {"garbage behind a hop",
         "127.0.0.1",
         {{"x-forwarded-for", "192.0.2.1, <x>, 10.1.1.1"}},
         "10.1.1.1 http"},
        {"garbage that is not reached",
         "127.0.0.1",
         {{"x-forwarded-for", "\"\",;=, 192.0.2.1"}},
         "192.0.2.1 http"},
        {"several lines are one list",
         "127.0.0.1",
         {{"X-Forwarded-For", "8.8.8.8, 192.0.2.1"}, {"Host", "x"}, {"X-FORWARDED-FOR", "10.0.0.1"}
         },
         "192.0.2.1 http"},
        {"IPv6 behind IPv6",
         "2001:db8::7",
         {{"x-forwarded-for", "[2620:fe::fe]:4711"}},
         "2620:fe::fe http"},
        {"IPv4 that came mapped",
         "::ffff:10.0.0.1",
         {{"x-forwarded-for", "::ffff:192.0.2.1"}},
         "192.0.2.1 http"},
        {"the other header",
         "10.0.0.1",
         {{"forwarded", "for=192.0.2.1;proto=https"}},
         "10.0.0.1 http"},
    };
    for (const auto& row : rows)
        EXPECT_EQ(seen(ours, row.peer, row.sent), row.expected) << row.what;
}

TEST(trusted_proxies, say_whether_the_reader_came_by_https) {
    const auto ours = trusting({"10.0.0.0/8"});
    const auto by_proxy = [&](const headers& sent, bool over_tls = false) {
        return seen(ours, "10.0.0.1", sent, over_tls);
    };
    const header reader{"x-forwarded-for", "192.0.2.1"};
    EXPECT_EQ(by_proxy({reader, {"x-forwarded-proto", "HTTPS"}}), "192.0.2.1 https");
    // Of several words, our neighbour's is the last.
    EXPECT_EQ(by_proxy({reader, {"x-forwarded-proto", "https, http"}}), "192.0.2.1 http");
    EXPECT_EQ(by_proxy({{"x-forwarded-proto", "https"}}), "10.0.0.1 https");
    EXPECT_EQ(by_proxy({{"x-forwarded-proto", "gopher"}}), "10.0.0.1 http");
    EXPECT_EQ(by_proxy({{"x-forwarded-proto", "http"}}, true), "10.0.0.1 http");
    EXPECT_EQ(by_proxy({reader}, true), "192.0.2.1 https");
}

TEST(trusted_proxies, may_write_the_standard_header_instead) {
    const auto ours = trusting({"10.0.0.0/8"}, forwarded_by::forwarded);
    EXPECT_EQ(
        seen(ours, "10.0.0.1", {{"Forwarded", R"(for="[2001:db8::1]";proto=https)"}}),
        "2001:db8::1 https"
    );
    EXPECT_EQ(
        seen(
            ours, "10.0.0.1", {{"Forwarded", "for=192.0.2.1;proto=https, for=10.0.0.2;proto=http"}}
        ),
        "192.0.2.1 https"
    );
    EXPECT_EQ(
        seen(ours, "10.0.0.1", {{"forwarded", "for=8.8.8.8"}, {"forwarded", "for=unknown"}}),
        "10.0.0.1 http"
    );
    EXPECT_EQ(seen(ours, "10.0.0.1", {{"forwarded", R"(for=", for=192.0.2.1)"}}), "192.0.2.1 http");
    const headers other{{"x-forwarded-for", "192.0.2.1"}, {"x-forwarded-proto", "https"}};
    EXPECT_EQ(seen(ours, "10.0.0.1", other), "10.0.0.1 http");
}

// Only somebody inside of what is trusted can name so many; the walk ends all the same.
TEST(trusted_proxies, are_not_followed_for_ever) {
    const auto ours = trusting({"10.0.0.0/8"});
    std::string chain = "192.0.2.1";
    for (std::size_t i = 0; i + 1 < trusted_hops_max; ++i)
        chain += ", 10.0.0.2";
    EXPECT_EQ(seen(ours, "10.0.0.1", {{"x-forwarded-for", chain}}), "192.0.2.1 http");
    chain += ", 10.0.0.3";
    EXPECT_EQ(seen(ours, "10.0.0.1", {{"x-forwarded-for", chain}}), "10.0.0.2 http");
}

}  // namespace
}  // namespace palabre::guard
