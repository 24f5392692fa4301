// SPDX-License-Identifier: Apache-2.0
#include "core/draft.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace palabre {
namespace {

using testing::ElementsAre;
using testing::Pair;
using testing::UnorderedElementsAre;

raw_draft good() {
    raw_draft draft;
    draft.section_id = "projets";
    draft.author = "Inès";
    draft.text = "Bravo !";
    return draft;
}

// Which field has which problem.
std::vector<std::pair<field, field_problem>> problems_of(
    const raw_draft& draft, const limits& allowed = {}
) {
    std::vector<std::pair<field, field_problem>> found;
    const auto checked = check_draft(draft, allowed);
    if (checked) return found;
    EXPECT_EQ(checked.error().code, errc::invalid_fields);
    for (const auto& e : checked.error().fields) {
        EXPECT_FALSE(e.message.empty());
        found.emplace_back(e.where, e.problem);
    }
    return found;
}

TEST(draft, passes_when_it_keeps_the_rules) {
    auto raw = good();
    raw.author = "  Inès  ";
    raw.text = "  kept as written\r\n";
    raw.website = "https://ines.example/moi?x=1#y";
    raw.parent_id = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f";
    const auto checked = check_draft(raw, {});
    ASSERT_TRUE(checked);
    EXPECT_EQ(checked->section, "projets");
    EXPECT_EQ(checked->author, "Inès");
    EXPECT_EQ(checked->text, "  kept as written\r\n");
    EXPECT_EQ(checked->website, "https://ines.example/moi?x=1#y");
    EXPECT_TRUE(checked->parent);
}

TEST(draft, counts_an_empty_website_as_none) {
    auto raw = good();
    raw.website = "";
    EXPECT_EQ(check_draft(raw, {})->website, std::nullopt);
}

TEST(draft, tells_every_bad_field_at_once) {
    raw_draft raw;
    raw.website = "javascript:alert(1)";
    raw.parent_id = "42";
    EXPECT_THAT(
        problems_of(raw),
        UnorderedElementsAre(
            Pair(field::section_id, field_problem::required),
            Pair(field::author, field_problem::required),
            Pair(field::text, field_problem::required),
            Pair(field::website, field_problem::not_a_url),
            Pair(field::parent_id, field_problem::not_an_id)
        )
    );
}

TEST(draft, says_that_a_field_is_of_the_wrong_type_and_nothing_more_about_it) {
    auto raw = good();
    raw.author.reset();
    raw.wrong_types = {field::author};
    EXPECT_THAT(problems_of(raw), ElementsAre(Pair(field::author, field_problem::wrong_type)));
}

TEST(draft, holds_each_limit_to_the_character) {
    limits small;
    small.author_characters = 3;
    small.text_characters = 5;
    small.website_characters = 20;
    auto raw = good();
    raw.author = "éàü";
    raw.text = "ééééé";
    raw.website = "https://exam.ple/abc";
    EXPECT_THAT(problems_of(raw, small), ElementsAre());
    raw.author = "éàüö";
    raw.text = "éééééé";
    raw.website = "https://exam.ple/abcd";
    EXPECT_THAT(
        problems_of(raw, small),
        ElementsAre(
            Pair(field::author, field_problem::too_long),
            Pair(field::text, field_problem::too_long),
            Pair(field::website, field_problem::too_long)
        )
    );
    EXPECT_EQ(check_draft(raw, small).error().fields[1].limit, 5U);
}

TEST(draft, holds_the_default_limits) {
    const limits usual;
    auto raw = good();
    raw.author = std::string(usual.author_characters, 'a');
    raw.text = std::string(usual.text_characters, 't');
    EXPECT_THAT(problems_of(raw), ElementsAre());
    *raw.author += "a";
    *raw.text += "t";
    EXPECT_EQ(problems_of(raw).size(), 2U);
}

TEST(draft, refuses_what_would_mislead_a_reader) {
    auto raw = good();
    raw.author = "admin\u202e";
    raw.text = "\u200b\n\u00a0";
    EXPECT_THAT(
        problems_of(raw),
        ElementsAre(
            Pair(field::author, field_problem::bidi_override),
            Pair(field::text, field_problem::invisible)
        )
    );
    raw.author = "two\nlines";
    raw.text = "ring \x07";
    EXPECT_THAT(
        problems_of(raw),
        ElementsAre(
            Pair(field::author, field_problem::control_character),
            Pair(field::text, field_problem::control_character)
        )
    );
}

TEST(website, is_a_whole_web_address) {
    for (const char* url :
         {"http://a.example",
          "https://a.example/",
          "https://a.example:8443/x?y=z#w",
          "HTTPS://A.example/",
          "http://[::1]/",
          "https://xn--caf-dma.example/"}) {
        EXPECT_TRUE(is_website(url)) << url;
    }
    for (const char* url :
         {"",
          "a.example",
          "//a.example",
          "ftp://a.example",
          "javascript://a.example/%0aalert(1)",
          "https://",
          "https:a.example",
          "https:///x",
          "https://user:secret@a.example/",
          "https://a.example/\"onclick=",
          "https://a example/",
          " https://a.example",
          "data:text/html,x",
          "https://a.example/<script>"}) {
        EXPECT_FALSE(is_website(url)) << url;
    }
}

}  // namespace
}  // namespace palabre
