// SPDX-License-Identifier: Apache-2.0
#include "site/target.hpp"

#include <gtest/gtest.h>

#include <string>

namespace palabre::site {
namespace {

using namespace std::string_view_literals;

TEST(target, decodes_once) {
    EXPECT_EQ(decode_target("/a/b.html"), "/a/b.html");
    EXPECT_EQ(decode_target("/d%C3%A9j%c3%a0"), "/déjà");
    EXPECT_EQ(decode_target("/100%25"), "/100%");
    EXPECT_EQ(decode_target("/%252e%252e/x"), "/%2e%2e/x");
    EXPECT_EQ(decode_target("/a+b"), "/a+b");
    EXPECT_EQ(decode_target("/..."), "/...");
}

TEST(target, refuses_every_trick) {
    const std::string_view tricks[] = {
        ""sv,
        "x"sv,
        "*"sv,
        "http://a/b"sv,
        "/.."sv,
        "/../etc/passwd"sv,
        "/a/../b"sv,
        "/a/.."sv,
        "/."sv,
        "/a/./b"sv,
        "/%2e%2e/etc/passwd"sv,
        "/%2E%2E/x"sv,
        "/.%2e/x"sv,
        "/%2e/x"sv,
        "/..%2fetc/passwd"sv,
        "/a%2Fb"sv,
        "/%2f%2fhost"sv,
        "/..\\x"sv,
        "/..%5cx"sv,
        "/a%5Cb"sv,
        "/a%00.html"sv,
        "/a\0b"sv,
        "/a%0d%0aset-cookie:x"sv,
        "/a\nb"sv,
        "/%7f"sv,
        "/%"sv,
        "/%2"sv,
        "/%zz"sv,
        "/%2"sv,
        "/a%g0"sv,
        "/%c0%ae%c0%ae/x"sv,
        "/%c0%af"sv,
        "/%e0%80%ae"sv,
        "/%ff"sv,
        "/%ed%a0%80"sv,
        "/\xff"sv,
        "/%u002e%u002e/x"sv,
    };
    for (const auto trick : tricks) {
        EXPECT_EQ(decode_target(trick), std::nullopt) << "for " << trick;
    }
}

TEST(target, encodes_what_a_location_may_not_hold) {
    EXPECT_EQ(encode_target("/a b/é?#"), "/a%20b/%C3%A9%3F%23");
    EXPECT_EQ(decode_target(encode_target("/déjà vu/100%")), "/déjà vu/100%");
}

}  // namespace
}  // namespace palabre::site
