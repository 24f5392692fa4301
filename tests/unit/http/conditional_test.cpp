// SPDX-License-Identifier: Apache-2.0
#include "http/conditional.hpp"

#include "support/asking.hpp"

#include <gtest/gtest.h>

namespace palabre::http {
namespace {

bool matches(const std::string& header) {
    const auto ask = test::asking("GET", "/").with("If-None-Match", header);
    return matches_none(ask.request(), "abc123");
}

TEST(if_none_match, compares_weakly_over_every_encoding) {
    for (const char* header :
         {"\"abc123\"",
          "W/\"abc123\"",
          "\"abc123-br\"",
          "\"abc123-gz\"",
          "*",
          "\"x\", \"abc123\"",
          "\"x\" ,W/\"abc123-br\""}) {
        EXPECT_TRUE(matches(header)) << header;
    }
    for (const char* header :
         {"", "abc123", "\"abc12\"", "\"abc1234\"", "\"abc123-zz\"", "\"", "W/", "\"abc123"}) {
        EXPECT_FALSE(matches(header)) << header;
    }
    EXPECT_FALSE(matches_none(test::asking("GET", "/").request(), "abc123"));
}

TEST(etag, differs_by_encoding) {
    EXPECT_EQ(make_etag("abc", encoding::identity), "\"abc\"");
    EXPECT_EQ(make_etag("abc", encoding::brotli), "\"abc-br\"");
    EXPECT_EQ(make_etag("abc", encoding::gzip), "\"abc-gz\"");
    EXPECT_EQ(fingerprint_of("x").size(), 16U);
    EXPECT_NE(fingerprint_of("x"), fingerprint_of("y"));
}

}  // namespace
}  // namespace palabre::http
