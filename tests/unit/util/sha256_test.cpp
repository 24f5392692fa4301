// SPDX-License-Identifier: Apache-2.0
#include "util/sha256.hpp"

#include <gtest/gtest.h>

namespace palabre::util {
namespace {

std::string hex_of(const sha256_digest& digest) {
    return to_hex(std::string(digest.begin(), digest.end()));
}

// FIPS 180-4, the example of one block and the empty message.
TEST(sha256, gives_the_digests_of_the_standard) {
    EXPECT_EQ(
        hex_of(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
    EXPECT_EQ(
        hex_of(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    );
}

TEST(sha256, tells_where_one_field_ends_and_the_next_begins) {
    EXPECT_NE(sha256_of_fields({"ab", "c"}), sha256_of_fields({"a", "bc"}));
    EXPECT_NE(sha256_of_fields({"", "a"}), sha256_of_fields({"a", ""}));
    EXPECT_EQ(sha256_of_fields({"a", "b"}), sha256_of_fields({"a", "b"}));
}

TEST(sha256, of_parts_is_that_of_the_whole) {
    sha256_stream parts;
    parts.add("a");
    parts.add("");
    parts.add("bc");
    EXPECT_EQ(parts.finish(), sha256("abc"));
}

TEST(sha256, reads_its_own_hex_and_nothing_else) {
    const auto digest = sha256("abc");
    const auto hex = to_hex(digest);
    EXPECT_EQ(parse_sha256(hex), digest);
    for (const auto& bad :
         {hex + "0", hex.substr(1), std::string(64, 'g'), std::string(64, 'A'), std::string()}) {
        EXPECT_EQ(parse_sha256(bad), std::nullopt) << bad;
    }
}

}  // namespace
}  // namespace palabre::util
