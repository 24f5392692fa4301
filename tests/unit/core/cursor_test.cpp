// SPDX-License-Identifier: Apache-2.0
#include "core/cursor.hpp"

#include <gtest/gtest.h>

namespace palabre {
namespace {

cursor sample(direction towards = direction::older) {
    return {towards, {{1'795'369'500'007}, make_comment_id({1'795'369'500'007}, {1, 2, 3})}};
}

TEST(cursor, survives_writing_and_reading_in_both_directions) {
    for (const auto towards : {direction::older, direction::newer}) {
        const auto text = encode_cursor(sample(towards), "projets");
        EXPECT_EQ(text.size(), 43U);
        const auto read = decode_cursor(text, "projets");
        ASSERT_TRUE(read);
        EXPECT_EQ(*read, sample(towards));
    }
}

TEST(cursor, reaches_the_ends_of_time) {
    for (const timestamp at : {timestamp_min, timestamp_max}) {
        const cursor where{direction::older, {at, {}}};
        EXPECT_EQ(decode_cursor(encode_cursor(where, "s"), "s"), where);
    }
}

TEST(cursor, is_of_no_use_in_another_section) {
    const auto read = decode_cursor(encode_cursor(sample(), "projets"), "bilan");
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, errc::invalid_cursor);
}

TEST(cursor, is_refused_when_any_character_of_it_changed) {
    const auto text = encode_cursor(sample(), "projets");
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto changed = text;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(decode_cursor(changed, "projets")) << i;
    }
}

TEST(cursor, is_refused_when_it_is_something_else) {
    const auto text = encode_cursor(sample(), "projets");
    for (const std::string& other :
         {std::string(),
          std::string("20"),
          text + "A",
          text.substr(1),
          std::string(43, 'A'),
          std::string("été"),
          std::string(100'000, 'A')}) {
        EXPECT_FALSE(decode_cursor(other, "projets"));
    }
}

}  // namespace
}  // namespace palabre
