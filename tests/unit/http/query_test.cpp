// SPDX-License-Identifier: Apache-2.0
#include "http/query.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace palabre::http {
namespace {

using testing::ElementsAre;

TEST(query, decodes_names_and_values_as_forms_do) {
    const query read("a=1&b=x+y%20z&sectionId=%2Fblog%2Fcaf%C3%A9&flag&=empty&c=d=e&%61b=2");
    EXPECT_EQ(read.first("a"), "1");
    EXPECT_EQ(read.first("b"), "x y z");
    EXPECT_EQ(read.first("sectionId"), "/blog/café");
    EXPECT_EQ(read.first("flag"), "");
    EXPECT_EQ(read.first(""), "empty");
    EXPECT_EQ(read.first("c"), "d=e");
    EXPECT_EQ(read.first("ab"), "2");
    EXPECT_EQ(read.first("absent"), std::nullopt);
}

TEST(query, keeps_repeated_parameters_in_order) {
    EXPECT_THAT(query("s=a&&s=b&t=c&s=").all("s"), ElementsAre("a", "b", ""));
    EXPECT_THAT(query("").all("s"), ElementsAre());
}

}  // namespace
}  // namespace palabre::http
