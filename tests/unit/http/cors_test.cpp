// SPDX-License-Identifier: Apache-2.0
#include "http/cors.hpp"

#include "support/asking.hpp"

#include <gtest/gtest.h>

namespace palabre::http {
namespace {

using test::asking;
using test::header_of;

const cors rules({"https://friend.example", "http://localhost:3000"});

TEST(cors, lets_its_own_and_listed_origins_in) {
    const std::pair<const char*, bool> cases[] = {
        {"http://blog.example", true},    // where the request was sent
        {"https://blog.example", false},  // the same host over another scheme is foreign
        {"http://blog.example:8080", false},
        {"https://friend.example", true},
        {"http://friend.example", false},
        {"https://friend.example:443", false},
        {"https://friend.example.evil.example", false},
        {"https://evil.example", false},
        {"http://localhost:3000", true},
        {"null", false},
        {"", false},
    };
    for (const auto& [origin, allowed] : cases) {
        const auto ask = asking("POST", "/commentaires").with("Origin", origin);
        EXPECT_EQ(rules.allows(ask.request()), allowed) << origin;
    }
    EXPECT_TRUE(rules.allows(asking("POST", "/commentaires").request()));
}

TEST(cors, names_the_origin_only_when_it_may_read) {
    response answer;
    const auto friendly = asking("GET", "/").with("Origin", "https://friend.example");
    rules.describe(friendly.request(), answer);
    EXPECT_EQ(header_of(answer, "access-control-allow-origin"), "https://friend.example");
    EXPECT_EQ(header_of(answer, "vary"), "origin, accept-encoding");
    EXPECT_EQ(header_of(answer, "access-control-allow-credentials"), "(absent)");

    response refused;
    const auto foreign = asking("GET", "/").with("Origin", "https://evil.example");
    rules.describe(foreign.request(), refused);
    EXPECT_EQ(header_of(refused, "access-control-allow-origin"), "(absent)");
    EXPECT_EQ(header_of(refused, "vary"), "origin, accept-encoding");
}

TEST(cors, answers_preflights) {
    const auto friendly = asking("OPTIONS", "/").with("Origin", "https://friend.example");
    const auto answer = rules.answer_preflight(friendly.request(), "GET, HEAD, POST");
    EXPECT_EQ(answer.status, 204U);
    EXPECT_EQ(header_of(answer, "access-control-allow-methods"), "GET, HEAD, POST");
    EXPECT_EQ(
        header_of(answer, "access-control-allow-headers"),
        "content-type, idempotency-key, x-api-key, edit-token"
    );

    const auto foreign = asking("OPTIONS", "/").with("Origin", "https://evil.example");
    EXPECT_EQ(rules.answer_preflight(foreign.request(), "GET").status, 403U);
}

}  // namespace
}  // namespace palabre::http
