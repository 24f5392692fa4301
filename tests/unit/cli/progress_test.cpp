// SPDX-License-Identifier: Apache-2.0
#include "cli/progress.hpp"

#include <gtest/gtest.h>

namespace palabre::cli {
namespace {

TEST(progress, draws_what_is_done) {
    EXPECT_EQ(draw_bar({"Checking", 0, 100}), "Checking  [                              ]   0 %");
    EXPECT_EQ(draw_bar({"Storing", 50, 100}), "Storing   [###############               ]  50 %");
    EXPECT_EQ(draw_bar({"Storing", 200, 100}), "Storing   [##############################] 100 %");
    EXPECT_EQ(draw_bar({"Storing", 0, 0}), "Storing   [##############################] 100 %");
    EXPECT_EQ(progress_style_of("plain"), progress_style::lines);
    EXPECT_EQ(progress_style_of("none"), progress_style::none);
}

}  // namespace
}  // namespace palabre::cli
