// SPDX-License-Identifier: Apache-2.0
#include "markup/table_size.hpp"

#include "markup/render.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace palabre::markup {
namespace {

std::string repeat(std::string_view part, int times) {
    std::string out;
    for (int i = 0; i < times; ++i)
        out += part;
    return out;
}

TEST(table_size, lets_honest_tables_be) {
    const auto table = "| a | b | c |\n|---|---|---|\n" + repeat("| 1 | 2 | 3 |\n", 600);
    EXPECT_FALSE(tables_may_explode(table));
    EXPECT_FALSE(tables_may_explode("a\n\n---\n\n" + repeat("une ligne\n", 900)));
    EXPECT_FALSE(tables_may_explode(""));
}

TEST(table_size, sees_short_rows_under_a_wide_header) {
    const auto wide = repeat("|a", 800) + "|\n" + repeat("|-", 800) + "|\n" + repeat("b\n", 3000);
    EXPECT_TRUE(tables_may_explode(wide));
    const auto html = render(wide, 24);
    ASSERT_TRUE(html.has_value());
    EXPECT_EQ(html->find("<table>"), std::string::npos);
    EXPECT_LT(html->size(), wide.size() * 10);
}

TEST(table_size, is_not_fooled_by_a_narrow_marker_row_or_a_quote) {
    const auto wide = repeat("|a", 800) + "|\n" + repeat("|-", 800) + "|\n";
    EXPECT_TRUE(tables_may_explode(wide + "|-\n" + repeat("b\n", 3000)));
    const auto quoted = "> " + repeat("|a", 800) + "\n> " + repeat("|-", 800) + "\n";
    EXPECT_TRUE(tables_may_explode(quoted + repeat("> b\n", 2000)));
    EXPECT_TRUE(tables_may_explode(
        repeat("|a", 800) + "|\r" + repeat("|-", 800) + "|\r" + repeat("b\r", 3000)
    ));
}

}  // namespace
}  // namespace palabre::markup
