// SPDX-License-Identifier: Apache-2.0
#include "config/load.hpp"

#include <gtest/gtest.h>

namespace palabre::config {
namespace {

parameter below(const std::string& rest, const std::string& text) {
    return {"/palabre/production/" + rest, rest, text};
}

std::string mistakes_in(const std::vector<parameter>& parameters) {
    const auto loaded = load(parameters, {});
    if (loaded) return "(none)\n";
    std::string text;
    for (const auto& one : loaded.error())
        text += to_text(one) + "\n";
    return text;
}

TEST(config_parameters, are_settings_by_section_and_key) {
    const std::vector<parameter> parameters{
        below("moderation/links_max", "7"),
        below("moderation/hold_all", "true"),
        below("comments/allowed_origins", "https://a.example, https://b.example"),
    };
    const auto loaded = load(parameters, {{"PALABRE_MODERATION_LINKS_MAX", "9"}});
    ASSERT_TRUE(loaded);
    EXPECT_EQ(loaded->moderation.links_max, 9) << "the environment wins";
    EXPECT_TRUE(loaded->moderation.hold_all);
    EXPECT_EQ(
        loaded->comments.allowed_origins,
        (std::vector<std::string>{"https://a.example", "https://b.example"})
    );
}

TEST(config_parameters, are_told_their_mistakes_by_their_whole_names) {
    struct row {
        std::string rest, text, expected;
    };
    const row rows[] = {
        {"moderation/links_max",
         "many",
         "links_max cannot be \"many\"; write a whole number from -1 to 1000."},
        {"moderation/link_max", "1", "[moderation] has no link_max; did you mean links_max?"},
        {"moderation/trap_door/deep",
         "1",
         "settings are called section/key, such as moderation/links_max."},
        {"secrets", "1", "settings are called section/key, such as moderation/links_max."},
        {"moderatoin/links_max", "1", "there is no section [moderatoin]; did you mean [moderation]?"
        },
        {"", "1", "settings are called section/key, such as moderation/links_max."},
    };
    for (const auto& [rest, text, expected] : rows)
        EXPECT_EQ(
            mistakes_in({below(rest, text)}), "/palabre/production/" + rest + ": " + expected + "\n"
        );
}

TEST(config_parameters, must_fit_together) {
    EXPECT_EQ(
        mistakes_in({below("comments/page_max", "10")}),
        "/palabre/production/comments/page_max: page_default is 20 and page_max only 10: raise one "
        "or lower the other.\n"
    );
}

}  // namespace
}  // namespace palabre::config
