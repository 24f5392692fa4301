// SPDX-License-Identifier: Apache-2.0
#include "util/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace palabre::util {
namespace {

// More than getrandom gives in one call when a signal comes by (256 bytes), so that its loop is
// walked, and enough that two fillings agree never.
constexpr std::size_t many = 100'000;

TEST(random, fills_all_of_it_and_never_alike) {
    std::vector<std::uint8_t> one(many);
    std::vector<std::uint8_t> other(many);
    fill_with_random(one);
    fill_with_random(other);
    EXPECT_NE(one, other);
    // A block that was left out would be zeros.
    constexpr std::size_t block = 32;
    for (std::size_t at = 0; at + block <= many; at += block) {
        const auto from = one.begin() + static_cast<std::ptrdiff_t>(at);
        EXPECT_FALSE(std::all_of(from, from + block, [](std::uint8_t each) { return each == 0; }));
    }
}

TEST(random, fills_nothing_when_nothing_is_asked_for) {
    EXPECT_NO_THROW(fill_with_random({}));
}

}  // namespace
}  // namespace palabre::util
