// SPDX-License-Identifier: Apache-2.0
#include "doctor/clock.hpp"

#include <gtest/gtest.h>

namespace palabre::doctor {
namespace {

severity weight_at(timestamp now, kept_in_step kept = kept_in_step::yes) {
    return look_at_clock(now, kept).front().weight;
}

TEST(clock_look, does_not_believe_times_before_the_program_nor_after_its_days) {
    EXPECT_EQ(weight_at(timestamp{0}), severity::wrong);
    EXPECT_EQ(weight_at(timestamp{clock_earliest.ms - 1}), severity::wrong);
    EXPECT_EQ(weight_at(clock_earliest), severity::fine);
    EXPECT_EQ(weight_at(clock_latest), severity::fine);
    EXPECT_EQ(weight_at(timestamp{clock_latest.ms + 1}), severity::wrong);
}

TEST(clock_look, remarks_a_clock_that_nobody_keeps) {
    EXPECT_EQ(weight_at(clock_earliest, kept_in_step::no), severity::remark);
    EXPECT_EQ(weight_at(clock_earliest, kept_in_step::unknown), severity::fine);
}

}  // namespace
}  // namespace palabre::doctor
