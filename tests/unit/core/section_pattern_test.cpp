// SPDX-License-Identifier: Apache-2.0
#include "core/section_pattern.hpp"

#include "core/api_key.hpp"
#include "core/decision.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace palabre {
namespace {

TEST(section_pattern, is_an_id_or_a_beginning) {
    struct entry {
        std::string_view pattern, section;
        bool fits;
    };
    const entry cases[] = {
        {"projets", "projets", true},
        {"projets", "projet", false},
        {"projets", "projets2", false},
        {"/blog/*", "/blog/x", true},
        {"/blog/*", "/blog/", true},
        {"/blog/*", "/blog", false},
        {"/blog*", "/blog", true},
        {"*", "anything", true},
        {"*", "", true},
        {"", "a", false},
        {"a*b", "axb", false},
    };
    for (const auto& each : cases)
        EXPECT_EQ(matches(each.pattern, each.section), each.fits) << each.pattern << each.section;
    const std::vector<std::string> patterns{"a", "b*"};
    EXPECT_TRUE(matches_any(patterns, "bc"));
    EXPECT_FALSE(matches_any(patterns, "c"));
    EXPECT_FALSE(matches_any({}, "a"));
}

// Names are part of the API and of backups, numbers of the database.
TEST(names, of_states_actions_and_roles_lead_back) {
    for (int i = 0; i < 5; ++i) {
        const auto state = static_cast<comment_state>(i);
        EXPECT_EQ(parse_comment_state(name_of(state)), state);
    }
    for (int i = 0; i < 7; ++i) {
        const auto what = static_cast<action>(i);
        EXPECT_EQ(parse_action(name_of(what)), what);
    }
    for (int i = 0; i < 3; ++i) {
        const auto may = static_cast<role>(i);
        EXPECT_EQ(parse_role(name_of(may)), may);
    }
    EXPECT_EQ(parse_comment_state("Published"), std::nullopt);
    EXPECT_EQ(parse_action(""), std::nullopt);
    EXPECT_EQ(parse_role("root"), std::nullopt);
    EXPECT_EQ(name_of(action::remove), "delete");
}

}  // namespace
}  // namespace palabre
