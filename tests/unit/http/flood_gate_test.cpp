// SPDX-License-Identifier: Apache-2.0
#include "http/flood_gate.hpp"

#include "support/asking.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace palabre::http {
namespace {

using namespace std::chrono_literals;
using test::asking;
using test::header_of;
using test::text_of;

constexpr guard::time_point start{1h};

class application final : public handler {
public:
    std::optional<response> answer_at_once(const request& asked) override {
        ++asked_at_once;
        if (asked.path != "/from-memory") return std::nullopt;
        return response{.status = 200, .headers = {}, .body = {}, .route = "site"};
    }
    response handle(const request&) override {
        ++handled;
        return {};
    }
    int asked_at_once = 0;
    int handled = 0;
};

class flood_gate_test : public ::testing::Test {
protected:
    application rest_;
    flood_gate gate_{rest_, guard::quota(2, 1s, 4), {"https://blog.example"}};

    std::optional<response> ask(
        std::string_view address,
        guard::time_point at = start,
        std::string_view origin = "https://elsewhere.example"
    ) {
        const asking asked =
            asking("GET", "/x").from(address).at(at).with("origin", std::string(origin));
        return gate_.answer_at_once(asked.request());
    }
};

TEST_F(flood_gate_test, lets_a_client_through_until_its_burst_is_used_up) {
    for (int i = 0; i < 4; ++i)
        EXPECT_FALSE(ask("192.0.2.1")) << i;  // the application has no answer at once
    EXPECT_EQ(rest_.asked_at_once, 4);
    const auto refused = ask("192.0.2.1");
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->status, 429U);
    EXPECT_EQ(rest_.asked_at_once, 4);
    EXPECT_FALSE(ask("192.0.2.2"));
    EXPECT_FALSE(ask("192.0.2.1", start + 500ms));
    EXPECT_TRUE(ask("192.0.2.1", start + 500ms));
    EXPECT_EQ(gate_.refused_requests(), 2U);
}

TEST_F(flood_gate_test, passes_the_answers_of_the_application_on) {
    const asking asked = asking("GET", "/from-memory").from("192.0.2.1").at(start);
    const auto answer = gate_.answer_at_once(asked.request());
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->route, "site");
    EXPECT_EQ(answer->find("ratelimit"), nullptr);
    (void)gate_.handle(asked.request());
    EXPECT_EQ(rest_.handled, 1);
}

TEST_F(flood_gate_test, says_what_the_limit_is_and_how_long_to_wait) {
    for (int i = 0; i < 4; ++i)
        EXPECT_FALSE(ask("2001:db8::1"));
    const auto refused = ask("2001:db8::ffff");  // the same household
    ASSERT_TRUE(refused);
    EXPECT_EQ(header_of(*refused, "retry-after"), "1");  // half a second, rounded up
    EXPECT_EQ(header_of(*refused, "ratelimit-policy"), R"("requests";q=4;w=2)");
    EXPECT_EQ(header_of(*refused, "ratelimit"), R"("requests";r=0;t=1)");
    EXPECT_EQ(header_of(*refused, "content-type"), "application/problem+json");
    EXPECT_EQ(header_of(*refused, "cache-control"), "no-store");
    EXPECT_EQ(
        text_of(*refused),
        R"({"type":"urn:palabre:problem:too-many-requests",)"
        R"("title":"Too many requests in a short time","status":429,)"
        R"("detail":"Wait for as long as Retry-After says."})"
    );
}

// A script on a page elsewhere must be able to read that it should wait, if the page may ask at
// all.
TEST_F(flood_gate_test, can_be_read_by_pages_that_may_ask) {
    for (int i = 0; i < 4; ++i)
        EXPECT_FALSE(ask("192.0.2.1"));
    const auto allowed = ask("192.0.2.1", start, "https://blog.example");
    const auto foreign = ask("192.0.2.1", start, "https://elsewhere.example");
    ASSERT_TRUE(allowed && foreign);
    EXPECT_EQ(header_of(*allowed, "access-control-allow-origin"), "https://blog.example");
    EXPECT_EQ(header_of(*foreign, "access-control-allow-origin"), "(absent)");
}

TEST_F(flood_gate_test, counts_what_is_no_request_from_the_same_bucket) {
    const ip_address who = ip_v4({192, 0, 2, 1});
    for (int i = 0; i < 3; ++i)
        EXPECT_TRUE(gate_.count_unserved(who, start));
    EXPECT_FALSE(ask("192.0.2.1"));
    EXPECT_FALSE(gate_.count_unserved(who, start));
    EXPECT_TRUE(ask("192.0.2.1"));
    EXPECT_EQ(gate_.refused_unserved(), 1U);
    EXPECT_EQ(gate_.refused_requests(), 1U);
    EXPECT_EQ(rest_.asked_at_once, 1);
}

// A refused request costs its client nothing more; junk that goes on is paid back, with patience.
TEST_F(flood_gate_test, does_not_take_connections_from_who_owes_too_much) {
    const ip_address who = ip_v4({192, 0, 2, 1});
    for (int i = 0; i < 100; ++i)
        (void)ask("192.0.2.1");
    EXPECT_TRUE(gate_.may_connect(who, start));
    for (int i = 0; i < 4; ++i) {
        EXPECT_TRUE(gate_.may_connect(who, start));
        EXPECT_FALSE(gate_.count_unserved(who, start));
    }
    EXPECT_FALSE(gate_.may_connect(who, start));
    EXPECT_TRUE(gate_.may_connect(ip_v4({192, 0, 2, 2}), start));
    EXPECT_EQ(gate_.refused_connections(), 1U);
    EXPECT_TRUE(gate_.may_connect(who, start + 500ms));
    EXPECT_TRUE(ask("192.0.2.1", start + 2s));
    EXPECT_FALSE(ask("192.0.2.1", start + 2500ms));
}

TEST(flood_gate, is_not_built_without_a_limit) {
    application rest;
    EXPECT_THROW(flood_gate(rest, guard::quota(), {}), std::invalid_argument);
}

}  // namespace
}  // namespace palabre::http
