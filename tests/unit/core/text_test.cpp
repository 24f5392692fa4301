// SPDX-License-Identifier: Apache-2.0
#include "core/text.hpp"

#include <gtest/gtest.h>

namespace palabre {
namespace {

using namespace std::string_view_literals;

// Unicode 15, table 3-7 and §3.9 D92: what is and is not well-formed.
TEST(utf8, is_judged_as_the_standard_says) {
    for (const auto text :
         {""sv, "abc"sv, "é"sv, "\u0800\uffff"sv, "\U00010000\U0010ffff"sv, "\0"sv}) {
        EXPECT_TRUE(is_valid_utf8(text)) << text;
    }
    for (const auto text :
         {"\x80"sv,
          "\xc3"sv,
          "\xc0\x80"sv,  // overlong NUL
          "\xc1\xbf"sv,
          "\xe0\x80\x80"sv,
          "\xe0\x9f\xbf"sv,
          "\xed\xa0\x80"sv,  // a surrogate
          "\xf0\x80\x80\x80"sv,
          "\xf0\x8f\xbf\xbf"sv,
          "\xf4\x90\x80\x80"sv,  // beyond U+10FFFF
          "\xf5\x80\x80\x80"sv,
          "\xff"sv,
          "\xe2\x82"sv,
          "a\xe2\x28\xa1"sv}) {
        EXPECT_FALSE(is_valid_utf8(text));
    }
}

TEST(text, counts_characters_and_not_bytes) {
    EXPECT_EQ(count_characters(""), 0U);
    EXPECT_EQ(count_characters("été"), 3U);
    EXPECT_EQ(count_characters("👩‍💻"), 3U);
}

TEST(text, tells_what_may_not_be_stored) {
    using enum field_problem;
    const std::pair<std::string_view, std::optional<field_problem>> cases[] = {
        {"a simple line", std::nullopt},
        {"« Très bien »\u202f!", std::nullopt},
        {"عربي עברית", std::nullopt},
        {"👩‍💻 e\u0301", std::nullopt},
        {"a\0b"sv, control_character},
        {"\x1b[31mred", control_character},
        {"a\x7f", control_character},
        {"a\u0085b", control_character},
        {"a\u2028b", control_character},
        {"\ufffe", control_character},
        {"\ufdd0", control_character},
        {"\U0001ffff", control_character},
        {"user\u202etxt.exe", bidi_override},
        {"\u2066a\u2069", bidi_override},
        {"\xff", invalid_utf8},
        {"\x01\xff", invalid_utf8},
    };
    for (const auto& [text, problem] : cases) {
        EXPECT_EQ(find_text_problem(text, line_breaks::allowed), problem) << text;
    }
}

TEST(text, allows_line_breaks_only_where_they_belong) {
    for (const auto text : {"a\nb"sv, "a\r\nb"sv, "a\tb"sv}) {
        EXPECT_EQ(find_text_problem(text, line_breaks::allowed), std::nullopt);
        EXPECT_EQ(
            find_text_problem(text, line_breaks::forbidden), field_problem::control_character
        );
    }
}

TEST(text, knows_what_cannot_be_seen) {
    for (const auto text :
         {""sv, " \n\t"sv, "\u200b\u200d"sv, "\u00a0\u3000"sv, "\u2800\u3164"sv, "\u00ad\ufeff"sv
         }) {
        EXPECT_TRUE(is_invisible(text));
    }
    for (const auto text : {"."sv, " a "sv, "\u200b!"sv, "👍"sv}) {
        EXPECT_FALSE(is_invisible(text));
    }
}

TEST(text, trims_every_kind_of_space) {
    EXPECT_EQ(trim("  a b \n"), "a b");
    EXPECT_EQ(trim("\u00a0\u3000é\u202f"), "é");
    EXPECT_EQ(trim(" \t "), "");
    EXPECT_EQ(trim(""), "");
}

}  // namespace
}  // namespace palabre
