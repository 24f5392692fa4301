// SPDX-License-Identifier: Apache-2.0
#include "util/mac.hpp"

#include <gtest/gtest.h>

#include <string>

namespace palabre::util {
namespace {

std::string hex_mac(std::string_view key, std::string_view message) {
    const auto mac = hmac_sha256(key, message);
    return to_hex({reinterpret_cast<const char*>(mac.data()), mac.size()});
}

// RFC 4231 §4.3, §4.4, §4.7 (a key longer than a block).
TEST(hmac_sha256, agrees_with_rfc_4231) {
    EXPECT_EQ(
        hex_mac("Jefe", "what do ya want for nothing?"),
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    );
    EXPECT_EQ(
        hex_mac(std::string(20, '\xaa'), std::string(50, '\xdd')),
        "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
    );
    EXPECT_EQ(
        hex_mac(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First"),
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
    );
}

TEST(equal_in_constant_time, is_equality) {
    EXPECT_TRUE(equal_in_constant_time("", ""));
    EXPECT_TRUE(equal_in_constant_time("abc", "abc"));
    EXPECT_FALSE(equal_in_constant_time("abc", "abd"));
    EXPECT_FALSE(equal_in_constant_time("abc", "ab"));
    EXPECT_FALSE(equal_in_constant_time("", "a"));
}

}  // namespace
}  // namespace palabre::util
