// SPDX-License-Identifier: Apache-2.0
#include "core/comment_id.hpp"

#include <gtest/gtest.h>

namespace palabre {
namespace {

// RFC 9562 appendix A.6: 017F22E2-79B0-7CC3-98C4-DC0C0C07398F.
TEST(comment_id, is_made_as_the_example_of_the_rfc) {
    const auto id = make_comment_id(
        {0x017f22e279b0}, {0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f}
    );
    EXPECT_EQ(to_string(id), "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
}

TEST(comment_id, keeps_version_and_variant_whatever_the_entropy) {
    for (const std::uint8_t byte : {0x00, 0xff}) {
        std::array<std::uint8_t, 10> entropy{};
        entropy.fill(byte);
        const auto id = make_comment_id({1}, entropy);
        EXPECT_EQ(id.bytes[6] >> 4U, 7);
        EXPECT_EQ(id.bytes[8] >> 6U, 2);
    }
}

TEST(comment_id, is_read_in_either_case) {
    const auto id = parse_comment_id("017F22E2-79B0-7CC3-98C4-DC0C0C07398F");
    ASSERT_TRUE(id);
    EXPECT_EQ(to_string(*id), "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
}

TEST(comment_id, refuses_other_forms) {
    for (const char* text :
         {"",
          "017f22e279b07cc398c4dc0c0c07398f",
          "{17f22e2-79b0-7cc3-98c4-dc0c0c07398}",
          "017f22e2-79b0-7cc3-98c4-dc0c0c07398",
          "017f22e2-79b0-7cc3-98c4-dc0c0c07398g",
          "017f22e2-79b0-7cc3-98c4+dc0c0c07398f",
          "017f22e2-79b0-7cc3-98c4-dc0c0c07398f "}) {
        EXPECT_EQ(parse_comment_id(text), std::nullopt) << text;
    }
}

TEST(comment_id, sorts_by_time) {
    std::array<std::uint8_t, 10> low{};
    std::array<std::uint8_t, 10> high{};
    high.fill(0xff);
    EXPECT_LT(make_comment_id({1000}, high), make_comment_id({1001}, low));
}

}  // namespace
}  // namespace palabre
