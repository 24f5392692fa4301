// SPDX-License-Identifier: Apache-2.0
#include "service/backup_schedule.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace palabre {
namespace {

constexpr std::int64_t minute = 60'000;
constexpr std::int64_t hour = 60 * minute;
constexpr timestamp now{1'795'000'000'000};

timestamp ago(std::int64_t ms) {
    return {now.ms - ms};
}

struct schedule_case {
    const char* what;
    backup_history history;
    std::int64_t every_hours;
    timestamp due;
};

TEST(backup_schedule, says_when_the_next_is_due) {
    const std::vector<schedule_case> cases{
        {"never made", {}, 24, now},
        {"just made", {now, {}}, 24, ago(-24 * hour)},
        {"made an hour ago", {ago(hour), {}}, 24, ago(-23 * hour)},
        {"due this moment", {ago(24 * hour), {}}, 24, now},
        {"missed while off", {ago(90 * hour), {}}, 24, ago(66 * hour)},
        {"every hour", {ago(minute), {}}, 1, ago(-59 * minute)},
        {"failed now", {ago(90 * hour), now}, 24, ago(-15 * minute)},
        {"failed a while ago", {ago(90 * hour), ago(20 * minute)}, 24, ago(5 * minute)},
        {"failed before any", {{}, ago(minute)}, 24, ago(-14 * minute)},
        {"made tomorrow, says a clock that was wrong", {ago(-24 * hour), {}}, 24, now},
        {"failed tomorrow, says a clock that was wrong", {{}, ago(-24 * hour)}, 24, now},
    };
    for (const auto& each : cases) {
        const auto due = next_backup_at(each.history, std::chrono::hours(each.every_hours), now);
        EXPECT_EQ(due.ms - now.ms, each.due.ms - now.ms) << each.what;
    }
}

TEST(backup_schedule, counts_no_time_that_is_not_yet) {
    const std::vector<timestamp> times{ago(-hour), ago(3 * hour), ago(2 * hour), ago(9 * hour)};
    EXPECT_EQ(latest_until(now, times), ago(2 * hour));
    EXPECT_EQ(latest_until(ago(10 * hour), times), std::nullopt);
    EXPECT_EQ(latest_until(now, {}), std::nullopt);
}

}  // namespace
}  // namespace palabre
