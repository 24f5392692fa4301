// SPDX-License-Identifier: Apache-2.0
#include "markup/character_filter.hpp"

#include "core/text.hpp"

#include <gtest/gtest.h>

#include <string>

namespace palabre::markup {
namespace {

TEST(character_filter, keeps_text_in_any_script) {
    for (const std::string text :
         {"Été à Noël", "素晴らしい", "👨‍👩‍👧‍👦", "a\tb\nc", "\u00a0«\u202f»"}) {
        EXPECT_EQ(keep_plain_characters(text), text);
    }
}

TEST(character_filter, drops_controls_bidi_overrides_and_noncharacters) {
    const std::string text =
        std::string("a\0b", 3) + "\x01\x1b\x7f\u0085\r\u202e\u2066\ufdd0\ufffe\U0001ffff" + "c";
    EXPECT_EQ(keep_plain_characters(text), "abc");
    EXPECT_EQ(keep_plain_characters("a\u2028b"), "a b");
}

TEST(character_filter, replaces_what_is_not_utf8) {
    EXPECT_EQ(keep_plain_characters("a\xffz"), "a\ufffdz");
    EXPECT_EQ(keep_plain_characters("\xc3"), "\ufffd");                      // cut off
    EXPECT_EQ(keep_plain_characters("\xc0\xaf"), "\ufffd\ufffd");            // overlong
    EXPECT_EQ(keep_plain_characters("\xed\xa0\x80"), "\ufffd\ufffd\ufffd");  // surrogate
    EXPECT_EQ(keep_plain_characters("\xf4\x90\x80\x80"), "\ufffd\ufffd\ufffd\ufffd");
}

// The filter and the check of incoming text are written apart, and must agree on each character.
TEST(character_filter, agrees_with_the_check_of_incoming_text) {
    for (char32_t c = 1; c <= 0x10FFFF; ++c) {
        if (c >= 0xD800 && c <= 0xDFFF) continue;
        std::string text;
        append_utf8(text, c);
        const bool kept = keep_plain_characters(text) == text;
        const bool accepted = !find_text_problem(text, line_breaks::allowed).has_value();
        // A carriage return is accepted as half of a line break, and not needed here.
        ASSERT_TRUE(kept == accepted || c == '\r') << std::hex << static_cast<unsigned>(c);
    }
}

}  // namespace
}  // namespace palabre::markup
