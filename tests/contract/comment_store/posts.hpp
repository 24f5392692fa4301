// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "contract/comment_store/vocabulary.hpp"

namespace palabre::contract {

TEST_P(comment_store_suite, is_empty_at_first) {
    EXPECT_EQ(store().find(id_of(1)), std::nullopt);
    EXPECT_EQ(store().find_any(id_of(1)), std::nullopt);
    EXPECT_EQ(store().count_held(), 0U);
    EXPECT_EQ(count("projets"), 0U);
    EXPECT_TRUE(store().largest_sections(10).empty());
    EXPECT_TRUE(store().list_rendered_by_others(1, std::nullopt, 10).empty());
    EXPECT_NO_THROW(store().check());

    const auto nothing = newest(10);
    EXPECT_TRUE(nothing.comments.empty());
    EXPECT_FALSE(nothing.has_older);
    EXPECT_FALSE(nothing.has_newer);
    EXPECT_EQ(nothing.total, 0U);
}

TEST_P(comment_store_suite, gives_back_what_was_posted) {
    const auto draft = a_comment(1);
    const auto answer = store().post(draft, std::nullopt);
    EXPECT_EQ(answer.status, post_status::stored);
    EXPECT_EQ(answer.stored, draft);
    EXPECT_EQ(store().find(draft.id), draft);
    EXPECT_EQ(store().find_any(draft.id), draft);
    EXPECT_THAT(newest(10).comments, testing::ElementsAre(draft));
}

TEST_P(comment_store_suite, keeps_every_field) {
    auto draft = a_comment(2);
    draft.parent = id_of(1);
    draft.depth = 3;
    draft.website = "https://zoe.example/";
    draft.edited_at = timestamp{draft.at.ms + 1};
    draft.verified = true;
    draft.renderer = 4'000'000'000;
    post(draft);
    EXPECT_EQ(store().find(draft.id), draft);
}

TEST_P(comment_store_suite, keeps_the_extremes_of_time) {
    auto first = a_comment(1);
    first.at = timestamp_min;
    auto last = a_comment(2);
    last.at = timestamp_max;
    post(last);
    post(first);
    EXPECT_THAT(newest(10).comments, testing::ElementsAre(last, first));
}

TEST_P(comment_store_suite, keeps_text_to_the_byte) {
    const std::vector<std::string> texts{
        "",
        std::string("a\0b\0", 4),  // zero bytes, also at the end
        "\xEF\xBB\xBF starts with a byte order mark",
        "e\xCC\x81 is not \xC3\xA9",               // a store must not normalise
        "\xF0\x9F\x8C\xB3 tree \xF4\x8F\xBF\xBD",  // beyond the basic plane, up to the last one
        "line\r\nline\rline\n\ttab  ",
        "'; DROP TABLE comments; -- SELECT * FROM \"x\" WHERE ?1 = :a",
        std::string(100'000, 'x'),
    };
    std::uint32_t number = 0;
    for (const auto& text : texts) {
        auto draft = a_comment(++number);
        draft.text = text;
        draft.html = "<p>" + text + "</p>";
        draft.author = text.substr(0, 4);
        post(draft);
        EXPECT_EQ(store().find(draft.id), draft) << number;
    }
}

TEST_P(comment_store_suite, tells_apart_sections_that_look_alike) {
    const std::vector<std::string> names{
        "projets",
        "Projets",
        "projets ",
        "/projets",
        "proje",
        "e\xCC\x81",
        "\xC3\xA9",
        std::string(512, 's'),
        std::string(511, 's'),
    };
    std::uint32_t number = 0;
    for (const auto& name : names)
        post(a_comment(++number, name));
    number = 0;
    for (const auto& name : names) {
        EXPECT_THAT(numbers(newest(10, name).comments), testing::ElementsAre(++number)) << name;
    }
}

TEST_P(comment_store_suite, never_overwrites) {
    const auto first = a_comment(1);
    post(first);
    auto other = a_comment(1, "ailleurs");
    other.text = "something else";
    EXPECT_THROW(store().post(other, std::nullopt), store_error);
    EXPECT_EQ(store().find(first.id), first);
    EXPECT_EQ(count("projets"), 1U);
    EXPECT_EQ(count("ailleurs"), 0U);
    EXPECT_EQ(observer_.times_told("ailleurs"), 0);
}

TEST_P(comment_store_suite, shows_held_comments_to_nobody) {
    const auto waiting = held(a_comment(2));
    post(a_comment(1));
    EXPECT_EQ(store().post(waiting, std::nullopt).stored, waiting);
    post(held(a_comment(3, "only-held")));

    EXPECT_EQ(store().find(waiting.id), std::nullopt);
    EXPECT_EQ(store().find_any(waiting.id), waiting);
    EXPECT_EQ(store().count_held(), 2U);

    EXPECT_THAT(numbers(newest(10).comments), testing::ElementsAre(1));
    EXPECT_EQ(newest(10).total, 1U);
    EXPECT_EQ(count("projets"), 1U);
    EXPECT_EQ(count("only-held"), 0U);
    EXPECT_THAT(store().largest_sections(10), testing::SizeIs(1));
}

TEST_P(comment_store_suite, shows_held_comments_in_no_page_that_is_walked) {
    post_numbers(1, 2);
    post(held(a_comment(3)));
    post(held(a_comment(4)));
    EXPECT_FALSE(newest(2).has_older);
    const auto newer = list(newer_than(position_of(a_comment(1))), 10);
    EXPECT_THAT(numbers(newer.comments), testing::ElementsAre(2));
    EXPECT_FALSE(newer.has_newer);
    const auto older = list(older_than(position_of(a_comment(3))), 10);
    EXPECT_THAT(numbers(older.comments), testing::ElementsAre(2, 1));
    EXPECT_FALSE(older.has_newer);
}

TEST_P(comment_store_suite, adds_only_what_is_missing) {
    post(a_comment(1));
    auto changed = a_comment(1);
    changed.text = "an import must not touch what is there";
    const std::vector<comment> batch{changed, a_comment(2), held(a_comment(3)), a_comment(2)};
    EXPECT_EQ(store().add_missing(batch), 2U);
    EXPECT_EQ(store().add_missing(batch), 0U);
    EXPECT_EQ(store().find(id_of(1)), a_comment(1));
    EXPECT_EQ(store().count_held(), 1U);
    EXPECT_EQ(count("projets"), 2U);
    EXPECT_EQ(store().add_missing({}), 0U);
}

TEST_P(comment_store_suite, adds_many_at_once) {
    std::vector<comment> batch;
    for (std::uint32_t number = 1; number <= 1234; ++number) {
        batch.push_back(a_comment(number, number % 2 == 0 ? "even" : "odd"));
    }
    EXPECT_EQ(store().add_missing(batch), batch.size());
    EXPECT_EQ(count("even"), 617U);
    EXPECT_EQ(count("odd"), 617U);
    EXPECT_EQ(store().find(id_of(1234)), batch.back());
}

}  // namespace palabre::contract
