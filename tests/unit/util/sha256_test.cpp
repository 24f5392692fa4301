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

}  // namespace
}  // namespace palabre::util
