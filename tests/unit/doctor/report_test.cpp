// SPDX-License-Identifier: Apache-2.0
#include "doctor/report.hpp"

#include <gtest/gtest.h>

namespace palabre::doctor {
namespace {

TEST(doctor_report, says_what_to_do_below_what_is_wrong) {
    const std::vector<finding> found{
        {severity::fine, "database", "All is there.", ""},
        {severity::wrong, "disk", "It is full.", "Make room."}
    };
    EXPECT_EQ(
        to_text(found),
        "ok     database     All is there.\n"
        "WRONG  disk         It is full.\n"
        "                    Make room.\n"
        "\n1 thing is wrong.\n"
    );
    EXPECT_TRUE(is_anything_wrong(found));
}

TEST(doctor_report, does_not_take_a_remark_for_a_fault) {
    const std::vector<finding> found{{severity::remark, "server", "None was found.", ""}};
    EXPECT_EQ(to_text(found), "note   server       None was found.\n\nAll is well.\n");
    EXPECT_FALSE(is_anything_wrong(found));
}

}  // namespace
}  // namespace palabre::doctor
