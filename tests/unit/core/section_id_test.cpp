// SPDX-License-Identifier: Apache-2.0
#include "core/section_id.hpp"

#include "core/limits.hpp"

#include <gtest/gtest.h>

namespace palabre {
namespace {

TEST(section_id, keeps_words_and_folds_paths) {
    EXPECT_EQ(make_section_id("projets"), "projets");
    EXPECT_EQ(make_section_id("présentation"), "présentation");
    EXPECT_EQ(make_section_id(" bilan "), "bilan");
    EXPECT_EQ(make_section_id("/blog//x/?utm_source=y"), "/blog/x");
    EXPECT_EQ(make_section_id("/"), "/");
    EXPECT_EQ(make_section_id(" /blog//x/ "), "/blog/x");  // found by fuzzing
}

TEST(section_id, refuses_with_a_reason) {
    const std::pair<std::string, field_problem> cases[] = {
        {"", field_problem::required},
        {"\t", field_problem::control_character},
        {"a\nb", field_problem::control_character},
        {"\xc3", field_problem::invalid_utf8},
        {"a\u202eb", field_problem::bidi_override},
        {"\u200b\u00a0", field_problem::invisible},
        {std::string(section_id_bytes_max + 1, 'x'), field_problem::too_long},
        {"/" + std::string(section_id_bytes_max, 'x'), field_problem::too_long},
    };
    for (const auto& [text, problem] : cases) {
        const auto made = make_section_id(text);
        ASSERT_FALSE(made) << text;
        EXPECT_EQ(made.error().problem, problem) << text;
    }
}

TEST(section_id, may_be_as_long_as_the_limit) {
    EXPECT_TRUE(make_section_id(std::string(section_id_bytes_max, 'x')));
}

}  // namespace
}  // namespace palabre
