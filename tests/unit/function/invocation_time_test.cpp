// SPDX-License-Identifier: Apache-2.0
#include "home/function/invocation_time.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace palabre::function {
namespace {

using std::chrono::milliseconds;

constexpr timestamp wall_now{1'795'369'500'000};
const invocation_time::clock::time_point now{std::chrono::hours(3)};

// What is left of the time until others may be waited for, and whether it is too short.
struct seen {
    milliseconds left;
    bool too_short;
    std::optional<std::int64_t> remaining_ms;
};

seen begin(std::optional<std::int64_t> deadline_ms) {
    invocation_time time;
    lambda::invocation asked;
    asked.deadline_ms = deadline_ms;
    time.begin(asked, wall_now, now);
    return {
        std::chrono::duration_cast<milliseconds>(time.deadline() - now),
        time.is_too_short(now),
        time.remaining_ms(now),
    };
}

TEST(invocation_time, ends_before_lambda_ends_it) {
    const auto usual = begin(wall_now.ms + 10'000);
    EXPECT_EQ(usual.left, milliseconds(10'000) - invocation_time::reserve);
    EXPECT_FALSE(usual.too_short);
    EXPECT_EQ(usual.remaining_ms, 10'000);
}

TEST(invocation_time, is_too_short_below_what_anything_takes) {
    const auto enough = (invocation_time::reserve + invocation_time::least).count();
    EXPECT_FALSE(begin(wall_now.ms + enough).too_short);
    EXPECT_TRUE(begin(wall_now.ms + enough - 1).too_short);
    EXPECT_TRUE(begin(wall_now.ms - 5'000).too_short);
    EXPECT_EQ(begin(wall_now.ms - 5'000).remaining_ms, -5'000);
}

TEST(invocation_time, is_a_guess_when_lambda_says_nothing) {
    const auto guessed = begin(std::nullopt);
    EXPECT_EQ(guessed.left, invocation_time::unknown - invocation_time::reserve);
    EXPECT_FALSE(guessed.too_short);
    EXPECT_EQ(guessed.remaining_ms, std::nullopt);
}

TEST(invocation_time, survives_any_number_in_the_header) {
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    constexpr auto least = std::numeric_limits<std::int64_t>::min();
    EXPECT_EQ(begin(most).left, invocation_time::longest - invocation_time::reserve);
    EXPECT_TRUE(begin(least).too_short);
    EXPECT_TRUE(begin(0).too_short);
}

TEST(invocation_time, passes_by_the_steady_clock) {
    invocation_time time;
    lambda::invocation asked;
    asked.deadline_ms = wall_now.ms + 1'000;
    time.begin(asked, wall_now, now);
    EXPECT_EQ(time.remaining_ms(now + milliseconds(400)), 600);
    EXPECT_TRUE(time.is_too_short(now + milliseconds(900)));
}

}  // namespace
}  // namespace palabre::function
