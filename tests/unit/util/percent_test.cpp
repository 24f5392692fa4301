// SPDX-License-Identifier: Apache-2.0
#include "util/percent.hpp"

#include <gtest/gtest.h>

namespace palabre::util {
namespace {

TEST(percent, leaves_what_is_no_escape) {
    EXPECT_EQ(percent_decode("100%"), "100%");
    EXPECT_EQ(percent_decode("%4"), "%4");
    EXPECT_EQ(percent_decode("%zz%41"), "%zzA");
    EXPECT_EQ(percent_decode("%2525"), "%25");
    EXPECT_EQ(percent_decode("%00"), std::string(1, '\0'));
}

TEST(percent, encodes_all_but_the_unreserved) {
    EXPECT_EQ(percent_encode("aZ09-._~"), "aZ09-._~");
    EXPECT_EQ(percent_encode("a b/é%"), "a%20b%2F%C3%A9%25");
    EXPECT_EQ(percent_encode("a/b c", "/"), "a/b%20c");
    std::string every;
    for (int c = 0; c < 256; ++c)
        every.push_back(static_cast<char>(c));
    EXPECT_EQ(percent_decode(percent_encode(every)), every);
}

}  // namespace
}  // namespace palabre::util
