// SPDX-License-Identifier: Apache-2.0
#include "system/random_ids.hpp"
#include "system/system_clock.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>
#include <set>
#include <thread>

namespace palabre {
namespace {

TEST(system_clock, agrees_with_the_c_library) {
    const auto before = static_cast<std::int64_t>(std::time(nullptr)) * 1000;
    const auto now = system_clock().now().ms;
    const auto after = (static_cast<std::int64_t>(std::time(nullptr)) + 1) * 1000;
    EXPECT_GE(now, before);
    EXPECT_LE(now, after);
}

TEST(random_ids, are_version_7_and_carry_their_instant) {
    random_ids ids;
    const std::string id = to_string(ids.next({0x0123456789ab}));
    EXPECT_TRUE(id.starts_with("01234567-89ab-7")) << id;
    EXPECT_NE(std::string("89ab").find(id[19]), std::string::npos) << id;
}

TEST(random_ids, rise_within_a_millisecond) {
    random_ids ids;
    auto last = ids.next({1000});
    // The counter begins below 2,048 of 4,096, so this many must fit.
    for (int i = 0; i < 2'000; ++i) {
        const auto next = ids.next({1000});
        EXPECT_LT(last, next);
        last = next;
    }
}

TEST(random_ids, never_repeat_even_when_the_counter_is_full) {
    random_ids ids;
    std::set<comment_id> seen;
    for (int i = 0; i < 10'000; ++i)
        seen.insert(ids.next({1000}));
    EXPECT_EQ(seen.size(), 10'000U);
}

TEST(random_ids, may_be_asked_from_several_threads) {
    random_ids ids;
    std::vector<std::vector<comment_id>> made(4);
    {
        std::vector<std::jthread> threads;
        for (auto& mine : made) {
            threads.emplace_back([&] {
                for (int i = 0; i < 1'000; ++i)
                    mine.push_back(ids.next({2000}));
            });
        }
    }
    std::set<comment_id> all;
    for (const auto& mine : made)
        all.insert(mine.begin(), mine.end());
    EXPECT_EQ(all.size(), 4'000U);
}

}  // namespace
}  // namespace palabre
