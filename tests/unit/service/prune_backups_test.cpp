// SPDX-License-Identifier: Apache-2.0
#include "service/prune_backups.hpp"

#include "archive/archive_error.hpp"
#include "service/list_backups.hpp"
#include "unit/service/backup_ground.hpp"

#include <algorithm>

namespace palabre::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

timestamp at(std::string_view text) {
    return parse_rfc3339(std::string(text) + (text.size() == 10 ? "T12:00:00Z" : ":00Z")).value();
}

struct retention_case {
    std::string name;
    retention keep;
    std::vector<std::string> all;   // newest first
    std::vector<std::string> kept;  // of these
};

class retention_rule : public ::testing::TestWithParam<retention_case> {};

TEST_P(retention_rule, keeps_the_newest_of_each_period) {
    const auto& [name, keep, all, kept] = GetParam();
    std::vector<timestamp> times;
    for (const auto& each : all)
        times.push_back(at(each));
    const auto expired = choose_expired(times, keep);
    std::vector<std::string> left;
    for (const auto& each : all) {
        if (std::ranges::find(expired, at(each)) == expired.end()) left.push_back(each);
    }
    EXPECT_EQ(left, kept);
}

INSTANTIATE_TEST_SUITE_P(
    cases,
    retention_rule,
    ::testing::Values(
        retention_case{"none", {7, 4, 12}, {}, {}},
        retention_case{"the_only_one", {0, 0, 1}, {"2026-01-01"}, {"2026-01-01"}},
        retention_case{
            "all_zero_keeps_all",
            {0, 0, 0},
            {"2026-01-02", "2026-01-01", "2020-01-01"},
            {"2026-01-02", "2026-01-01", "2020-01-01"}
        },
        retention_case{
            "the_newest_of_a_day",
            {2, 0, 0},
            {"2026-03-02T23:59", "2026-03-02T00:00", "2026-03-01T23:59", "2026-03-01T22:00"},
            {"2026-03-02T23:59", "2026-03-01T23:59"}
        },
        retention_case{
            "days_without_any_do_not_count",
            {2, 0, 0},
            {"2026-03-30", "2026-03-10", "2026-03-09"},
            {"2026-03-30", "2026-03-10"}
        },
        // 2026-03-01 is a Sunday.
        retention_case{
            "weeks_begin_on_monday",
            {0, 2, 0},
            {"2026-03-04", "2026-03-02", "2026-03-01", "2026-02-28", "2026-02-22"},
            {"2026-03-04", "2026-03-01"}
        },
        retention_case{
            "weeks_go_over_new_year",
            {0, 9, 0},
            {"2026-01-01", "2025-12-31", "2025-12-29", "2025-12-28"},
            {"2026-01-01", "2025-12-28"}
        },
        retention_case{
            "months_of_other_years_are_others",
            {0, 0, 3},
            {"2026-03-31", "2026-03-01", "2025-03-31", "2024-03-31", "2023-03-31"},
            {"2026-03-31", "2025-03-31", "2024-03-31"}
        },
        retention_case{
            "rules_add_up",
            {2, 2, 2},
            {"2026-03-12",
             "2026-03-11",
             "2026-03-10",
             "2026-03-08",
             "2026-03-07",
             "2026-02-28",
             "2026-02-27",
             "2026-01-31"},
            {"2026-03-12", "2026-03-11", "2026-03-08", "2026-02-28"}
        },
        retention_case{
            "the_first_days_of_time", {1, 0, 0}, {"1970-01-02", "1970-01-01"}, {"1970-01-02"}
        }
    ),
    [](const auto& each) { return each.param.name; }
);

class pruning : public backup_ground {
protected:
    // Makes a backup a day; gives their names, oldest first.
    std::vector<std::string> make_daily(int count) {
        std::vector<std::string> names;
        for (int i = 0; i < count; ++i) {
            names.push_back(make().name);
            clock_.advance(24LL * 60 * 60 * 1000);
        }
        return names;
    }

    std::vector<std::string> names() {
        std::vector<std::string> all;
        for (const auto& each : list_backups(place_))
            all.push_back(each.name);
        return all;
    }
};

TEST_F(pruning, removes_what_is_not_kept_and_says_so) {
    const auto made = make_daily(4);
    EXPECT_THAT(find_expired_backups(place_, {2, 0, 0}), ElementsAre(made[1], made[0]));
    EXPECT_EQ(names().size(), 4U) << "only asked";
    EXPECT_THAT(prune_backups(place_, {2, 0, 0}), ElementsAre(made[1], made[0]));
    EXPECT_THAT(names(), ElementsAre(made[3], made[2]));
    EXPECT_THAT(prune_backups(place_, {2, 0, 0}), IsEmpty());
}

TEST_F(pruning, counts_good_ones_only_and_leaves_damaged_ones) {
    const auto made = make_daily(4);
    std::filesystem::remove(folder() / made[3] / "keys.jsonl.zst");
    std::filesystem::remove(folder() / made[1] / "manifest.json");
    EXPECT_THAT(prune_backups(place_, {1, 0, 0}), ElementsAre(made[0]));
    EXPECT_THAT(names(), ElementsAre(made[3], made[2], made[1]));
}

// Sizes are right, a byte is not: nothing older may go for its sake.
TEST_F(pruning, removes_nothing_when_the_newest_turns_out_to_be_damaged) {
    const auto made = make_daily(3);
    const auto file = folder() / made[2] / "comments.jsonl.zst";
    auto bytes = read(file);
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
    std::ofstream(file, std::ios::binary) << bytes;
    EXPECT_TRUE(list_backups(place_).front().is_good());
    EXPECT_THROW(static_cast<void>(prune_backups(place_, {1, 0, 0})), archive::archive_error);
    EXPECT_EQ(names().size(), 3U);
}

}  // namespace
}  // namespace palabre::test
