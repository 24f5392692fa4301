// SPDX-License-Identifier: Apache-2.0
#include "guard/post_limits.hpp"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

namespace palabre::guard {
namespace {

using namespace std::chrono_literals;

constexpr time_point opening{1h};
const ip_address reader = ip_v4({192, 0, 2, 1});
const ip_address neighbour = ip_v4({192, 0, 2, 2});

post_attempt by_client(const ip_address& who, std::string_view section) {
    return {.client = who, .section = section};
}

post_quotas three_and_five() {
    post_quotas made;
    made.client = quota(6, 1min, 3);
    made.section = quota(60, 1min, 5);
    return made;
}

TEST(post_limits, tell_who_refused_and_for_how_long) {
    post_limits limits(three_and_five());
    for (std::uint32_t left : {2U, 1U, 0U}) {
        const auto verdict = limits.take(by_client(reader, "projets"), opening);
        EXPECT_TRUE(verdict.allowed);
        EXPECT_EQ(verdict.by, post_scope::client);
        EXPECT_EQ(verdict.remaining, left);
        EXPECT_EQ(verdict.wait, 0s);
    }
    const auto refused = limits.take(by_client(reader, "projets"), opening);
    EXPECT_FALSE(refused.allowed);
    EXPECT_EQ(refused.by, post_scope::client);
    EXPECT_EQ(refused.wait, 10s);
    EXPECT_EQ(refused.remaining, 0U);
    EXPECT_EQ(refused.full_in, 30s);
    EXPECT_EQ(refused.policy.burst(), 3U);
    EXPECT_EQ(limits.refused(post_scope::client), 1U);
    EXPECT_TRUE(limits.take(by_client(neighbour, "projets"), opening).allowed);
    EXPECT_TRUE(limits.take(by_client(reader, "projets"), opening + 10s).allowed);
}

TEST(post_limits, take_from_all_buckets_or_from_none) {
    post_limits limits(three_and_five());
    for (std::uint8_t i = 0; i < 5; ++i)
        EXPECT_TRUE(limits.take(by_client(ip_v4({10, 0, 0, i}), "busy"), opening).allowed);
    for (int i = 0; i < 10; ++i) {
        const auto refused = limits.take(by_client(reader, "busy"), opening);
        EXPECT_FALSE(refused.allowed);
        EXPECT_EQ(refused.by, post_scope::section);
        EXPECT_EQ(refused.wait, 1s);
    }
    // Ten refusals for the section have cost the reader nothing elsewhere.
    EXPECT_EQ(limits.take(by_client(reader, "quiet"), opening).remaining, 2U);
    // And a client without posts left costs a section nothing.
    (void)limits.take(by_client(reader, "quiet"), opening);
    (void)limits.take(by_client(reader, "quiet"), opening);
    for (int i = 0; i < 10; ++i)
        EXPECT_FALSE(limits.take(by_client(reader, "quiet"), opening).allowed);
    const auto others = limits.take({.section = "quiet"}, opening);
    EXPECT_TRUE(others.allowed);
    EXPECT_EQ(others.remaining, 1U);
}

TEST(post_limits, name_the_longest_wait_when_several_refuse) {
    post_limits limits(three_and_five());
    for (int i = 0; i < 3; ++i)
        EXPECT_TRUE(limits.take(by_client(reader, "busy"), opening).allowed);
    for (int i = 0; i < 2; ++i)
        EXPECT_TRUE(limits.take(by_client(neighbour, "busy"), opening).allowed);
    const auto refused = limits.take(by_client(reader, "busy"), opening);
    EXPECT_EQ(refused.by, post_scope::client);
    EXPECT_EQ(refused.wait, 10s);
    EXPECT_EQ(limits.refused(post_scope::section), 0U);
}

TEST(post_limits, let_a_key_bring_its_own_quota) {
    post_quotas quotas;
    quotas.key = quota(1, 1s, 1);
    post_limits limits(quotas);
    const post_attempt usual{.key_id = "usual"};
    EXPECT_TRUE(limits.take(usual, opening).allowed);
    EXPECT_EQ(limits.take(usual, opening).by, post_scope::key);
    const post_attempt wide{.key_id = "wide", .key_quota = quota(100, 1s, 100)};
    for (int i = 0; i < 100; ++i)
        EXPECT_TRUE(limits.take(wide, opening).allowed);
    EXPECT_FALSE(limits.take(wide, opening).allowed);
    const post_attempt free{.key_id = "free", .key_quota = quota()};
    for (int i = 0; i < 1000; ++i)
        EXPECT_TRUE(limits.take(free, opening).allowed);
}

TEST(post_limits, limit_nothing_when_they_are_off) {
    post_limits limits(post_quotas{});
    for (int i = 0; i < 1000; ++i) {
        const auto verdict = limits.take(by_client(reader, "projets"), opening);
        EXPECT_TRUE(verdict.allowed);
        EXPECT_FALSE(verdict.policy.limits());
    }
}

TEST(post_limits, judge_a_household_as_one) {
    post_limits limits(three_and_five());
    for (const char* address : {"2001:db8::1", "2001:db8::2", "2001:db8::3"}) {
        EXPECT_TRUE(limits.take(by_client(*parse_ip_address(address), "a"), opening).allowed);
    }
    EXPECT_FALSE(limits.take(by_client(*parse_ip_address("2001:db8::4"), "b"), opening).allowed);
}

// Two scopes, many threads, each bucket the last of somebody: neither a token too many nor a wait
// for one another.
TEST(post_limits, stay_exact_among_threads) {
    post_quotas quotas;
    quotas.client = quota(1, 1h, 100);
    quotas.section = quota(1, 1h, 250);
    post_limits limits(quotas);
    std::atomic<int> allowed = 0;
    std::vector<std::thread> threads;
    for (std::uint8_t t = 0; t < 8; ++t) {
        threads.emplace_back([&, t] {
            const ip_address who = ip_v4({10, 0, 0, static_cast<std::uint8_t>(t % 4)});
            for (int i = 0; i < 200; ++i)
                allowed += limits.take(by_client(who, "one"), opening).allowed ? 1 : 0;
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    EXPECT_EQ(allowed, 250);
    EXPECT_EQ(
        limits.refused(post_scope::client) + limits.refused(post_scope::section), 8U * 200 - 250
    );
}

}  // namespace
}  // namespace palabre::guard
