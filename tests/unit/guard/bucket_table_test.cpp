// SPDX-License-Identifier: Apache-2.0
#include "guard/bucket_table.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

namespace palabre::guard {
namespace {

using namespace std::chrono_literals;

constexpr time_point start{1h};
constexpr util::siphash_key known_secret{1, 2};

bool take(bucket_table& from, std::string_view who, const quota& by, time_point now) {
    return from.hold(who, now).take(1, by, now);
}

std::string stranger(int number) {
    return "stranger " + std::to_string(number);
}

TEST(bucket_table, keeps_a_bucket_for_each_key) {
    const quota by(1, 1s, 2);
    bucket_table table;
    EXPECT_TRUE(take(table, "a", by, start));
    EXPECT_TRUE(take(table, "a", by, start));
    EXPECT_FALSE(take(table, "a", by, start));
    EXPECT_TRUE(take(table, "b", by, start));
    EXPECT_EQ(table.in_use(start), 2U);
    EXPECT_TRUE(take(table, "a", by, start + 1s));
}

TEST(bucket_table, forgets_buckets_that_are_full_again) {
    const quota by(1, 1s, 2);
    bucket_table table;
    for (int i = 0; i < 1000; ++i)
        EXPECT_TRUE(take(table, stranger(i), by, start));
    EXPECT_EQ(table.in_use(start), 1000U);
    EXPECT_EQ(table.in_use(start + 1s), 0U);
}

TEST(bucket_table, gives_a_place_only_to_who_takes) {
    bucket_table table;
    for (int i = 0; i < 100; ++i)
        (void)table.hold(stranger(i), start);
    EXPECT_EQ(table.in_use(start), 0U);
}

TEST(bucket_table, has_the_room_it_was_given) {
    EXPECT_EQ(bucket_table().capacity(), buckets_default);
    EXPECT_EQ(bucket_table(1).capacity(), 512U);
    EXPECT_EQ(bucket_table(100'000).capacity(), 131'072U);
}

// A hundred readers ask every second, and one client without pause, while two hundred thousand
// addresses come once each: the readers are served, and the loud one stays within its rate.
TEST(bucket_table, stays_bounded_and_fair_when_addresses_are_without_number) {
    const quota by(10, 1s, 100);
    bucket_table table(4096, known_secret);
    int loud_served = 0;
    int readers_refused = 0;
    int strangers = 0;
    constexpr int seconds = 20;
    for (int second = 0; second < seconds; ++second) {
        for (int tick = 0; tick < 1000; ++tick) {
            const time_point now = start + std::chrono::seconds(second) + tick * 1ms;
            for (int i = 0; i < 10; ++i)
                EXPECT_TRUE(take(table, stranger(++strangers), by, now));
            loud_served += take(table, "loud", by, now) ? 1 : 0;
            if (tick >= 100) continue;
            readers_refused += take(table, "reader " + std::to_string(tick), by, now) ? 0 : 1;
        }
    }
    EXPECT_EQ(readers_refused, 0);
    EXPECT_LE(loud_served, 100 + 10 * seconds);
    EXPECT_GE(loud_served, 10 * seconds);
    EXPECT_LE(table.in_use(start + std::chrono::seconds(seconds)), table.capacity());
}

// Of those that are not full, the one that took least has to go.
TEST(bucket_table, forgets_who_took_little_before_who_took_much) {
    const quota by(1, 1h, 1000);
    bucket_table table(512, known_secret);
    for (int i = 0; i < 500; ++i)
        ASSERT_TRUE(take(table, "loud", by, start));
    for (int i = 0; i < 20'000; ++i)
        ASSERT_TRUE(take(table, stranger(i), by, start));
    EXPECT_EQ(table.in_use(start), table.capacity());
    EXPECT_EQ(table.hold("loud", start).bucket().remaining(by, start), 500U);
}

// Who knows the names but not the secret cannot make them fall together.
TEST(bucket_table, scatters_keys_by_its_secret) {
    const quota by(1, 1h, 1);
    bucket_table one(512, {1, 1});
    bucket_table other(512, {1, 3});
    int forgotten_by_one = 0;
    int differently = 0;
    for (int i = 0; i < 600; ++i) {
        (void)take(one, stranger(i), by, start);
        (void)take(other, stranger(i), by, start);
    }
    for (int i = 0; i < 600; ++i) {
        const bool first = one.hold(stranger(i), start).bucket().full(start);
        const bool second = other.hold(stranger(i), start).bucket().full(start);
        forgotten_by_one += first ? 1 : 0;
        differently += first != second ? 1 : 0;
    }
    EXPECT_GT(forgotten_by_one, 0);
    EXPECT_GT(differently, 0);
}

TEST(bucket_table, gives_each_token_once_to_many_threads) {
    const quota by(1, 1h, 1000);
    bucket_table table;
    std::atomic<int> taken = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 8; ++t) {
        threads.emplace_back([&, t] {
            for (int i = 0; i < 500; ++i) {
                taken += take(table, "shared", by, start) ? 1 : 0;
                (void)take(table, stranger(t * 1000 + i), by, start);
            }
            (void)table.in_use(start);
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    EXPECT_EQ(taken, 1000);
}

}  // namespace
}  // namespace palabre::guard
