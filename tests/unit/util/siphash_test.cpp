// SPDX-License-Identifier: Apache-2.0
#include "util/siphash.hpp"

#include <gtest/gtest.h>

#include <string>

namespace palabre::util {
namespace {

// The vectors published with SipHash: key 00 01 … 0f, input 00 01 … of each length.
TEST(siphash, gives_the_published_results) {
    const siphash_key key{0x0706050403020100U, 0x0f0e0d0c0b0a0908U};
    struct row {
        std::size_t length;
        std::uint64_t hash;
    };
    const row rows[] = {
        {0, 0x726fdb47dd0e0e31U},
        {1, 0x74f839c593dc67fdU},
        {7, 0xab0200f58b01d137U},
        {8, 0x93f5f5799a932462U},
        {15, 0xa129ca6149be45e5U},
    };
    for (const auto& [length, hash] : rows) {
        std::string input;
        for (std::size_t i = 0; i < length; ++i)
            input.push_back(static_cast<char>(i));
        EXPECT_EQ(siphash(key, input), hash) << length;
    }
}

TEST(siphash, draws_another_key_each_time) {
    EXPECT_NE(random_siphash_key(), random_siphash_key());
}

}  // namespace
}  // namespace palabre::util
