// SPDX-License-Identifier: Apache-2.0
#include "guard/token_bucket.hpp"

#include "guard/client_prefix.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace palabre::guard {
namespace {

using namespace std::chrono_literals;

constexpr time_point begun{1h};

TEST(token_bucket, gives_its_burst_and_then_its_rate) {
    const quota by(2, 1s, 5);  // one each half second
    token_bucket bucket;
    EXPECT_EQ(bucket.remaining(by, begun), 5U);
    for (int i = 0; i < 5; ++i)
        EXPECT_TRUE(bucket.take(1, by, begun)) << i;
    EXPECT_EQ(bucket.remaining(by, begun), 0U);
    EXPECT_FALSE(bucket.take(1, by, begun));
    EXPECT_EQ(bucket.wait_for(1, by, begun), 500ms);
    EXPECT_EQ(bucket.full_in(begun), 2500ms);
    EXPECT_FALSE(bucket.take(1, by, begun + 499ms));
    EXPECT_TRUE(bucket.take(1, by, begun + 500ms));
    EXPECT_FALSE(bucket.take(1, by, begun + 500ms));
    EXPECT_EQ(bucket.remaining(by, begun + 2s), 3U);
    EXPECT_TRUE(bucket.full(begun + 3s));
}

TEST(token_bucket, saves_up_no_more_than_its_burst) {
    const quota by(10, 1s, 3);
    token_bucket bucket;
    EXPECT_TRUE(bucket.take(3, by, begun));
    const time_point much_later = begun + 24h;
    EXPECT_EQ(bucket.remaining(by, much_later), 3U);
    EXPECT_TRUE(bucket.take(3, by, much_later));
    EXPECT_FALSE(bucket.take(1, by, much_later));
}

TEST(token_bucket, takes_several_or_none) {
    const quota by(1, 1s, 4);
    token_bucket bucket;
    EXPECT_TRUE(bucket.take(3, by, begun));
    EXPECT_EQ(bucket.wait_for(2, by, begun), 1s);
    EXPECT_FALSE(bucket.take(2, by, begun));
    EXPECT_EQ(bucket.remaining(by, begun), 1U);
    EXPECT_TRUE(bucket.take(1, by, begun));
}

TEST(token_bucket, gives_nothing_twice_when_time_goes_back) {
    const quota by(1, 1s, 2);
    token_bucket bucket;
    EXPECT_TRUE(bucket.take(1, by, begun));
    EXPECT_FALSE(bucket.take(1, by, begun - 10ms));
    EXPECT_TRUE(bucket.take(1, by, begun));
    EXPECT_FALSE(bucket.take(1, by, begun - 10ms));
    EXPECT_EQ(bucket.wait_for(1, by, begun), 1s);
}

TEST(token_bucket, can_owe_as_much_as_it_can_save) {
    const quota by(1, 1s, 3);
    token_bucket bucket;
    EXPECT_TRUE(bucket.take(3, by, begun));
    for (int owed = 0; owed < 3; ++owed) {
        EXPECT_FALSE(bucket.owes_all(by, begun));
        bucket.owe(by, begun);
    }
    EXPECT_TRUE(bucket.owes_all(by, begun));
    for (int i = 0; i < 100; ++i)
        bucket.owe(by, begun);
    EXPECT_EQ(bucket.full_in(begun), 6s);
    EXPECT_EQ(bucket.wait_for(1, by, begun), 4s);
    EXPECT_FALSE(bucket.owes_all(by, begun + 1s));
    EXPECT_EQ(bucket.remaining(by, begun + 3s), 0U);
    EXPECT_TRUE(bucket.take(1, by, begun + 4s));
}

// 7 in a minute do not divide it: over a day, what rounding gives away is less than a token.
TEST(token_bucket, keeps_its_rate_over_a_day) {
    const quota by(7, 1min, 1);
    token_bucket bucket;
    int taken = 0;
    for (nanoseconds at = 0s; at < 24h; at += 100ms)
        taken += bucket.take(1, by, begun + at) ? 1 : 0;
    EXPECT_LE(taken, 7 * 60 * 24 + 1);
    EXPECT_GE(taken, 7 * 60 * 24 - 7 * 20);  // a tenth of a second is lost now and then
}

TEST(quota, tells_what_it_is) {
    EXPECT_FALSE(quota().limits());
    EXPECT_FALSE(quota(0, 1s, 0).limits());
    const quota by(6, 1min, 10);
    EXPECT_TRUE(by.limits());
    EXPECT_EQ(by.spacing(), 10s);
    EXPECT_EQ(by.window(), 100s);
}

TEST(quota, refuses_what_cannot_be_counted) {
    EXPECT_THROW(quota(1, 1s, 0), std::invalid_argument);
    EXPECT_THROW(quota(1, 0s, 1), std::invalid_argument);
    EXPECT_THROW(quota(2'000'000'000, 1s, 1), std::invalid_argument);
    EXPECT_THROW(quota(1, std::chrono::years(50), 3), std::invalid_argument);
    EXPECT_THROW(quota(1, std::chrono::years(101), 1), std::invalid_argument);
    EXPECT_NO_THROW(quota(1'000'000'000, 1s, 4'000'000'000));
    EXPECT_NO_THROW(quota(1, std::chrono::years(50), 1));
}

TEST(client_prefix, is_one_address_of_ipv4_and_64_bits_of_ipv6) {
    struct row {
        std::string_view a, b;
        bool same;
    };
    const row rows[] = {
        {"192.0.2.1", "192.0.2.1", true},
        {"192.0.2.1", "192.0.2.2", false},
        {"192.0.2.1", "::ffff:192.0.2.1", true},
        {"2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", true},
        {"2001:db8:1:2::1", "2001:db8:1:3::1", false},
        {"::1", "127.0.0.1", false},
    };
    for (const auto& [a, b, same] : rows) {
        const auto first = client_prefix(*parse_ip_address(a));
        const auto second = client_prefix(*parse_ip_address(b));
        EXPECT_EQ(bytes_of(first) == bytes_of(second), same) << a << " " << b;
    }
}

}  // namespace
}  // namespace palabre::guard
