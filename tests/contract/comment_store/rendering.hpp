// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "contract/comment_store/vocabulary.hpp"

namespace palabre::contract {

TEST_P(comment_store_suite, finds_what_other_renderers_made) {
    post(rendered_by(1, a_comment(5)));
    post(rendered_by(3, a_comment(4, "elsewhere")));
    post(rendered_by(2, a_comment(3)));
    post(held(rendered_by(1, a_comment(2))));
    post(rendered_by(0, a_comment(1)));

    const auto by_others = [this](std::uint32_t current) {
        return numbers(store().list_rendered_by_others(current, std::nullopt, 10));
    };
    EXPECT_THAT(by_others(2), testing::UnorderedElementsAre(1, 2, 4, 5));
    EXPECT_THAT(by_others(1), testing::UnorderedElementsAre(1, 3, 4));
    EXPECT_THAT(by_others(9), testing::UnorderedElementsAre(1, 2, 3, 4, 5));
}

// The order is the store's own, and beginning after the last one given leaves none out.
TEST_P(comment_store_suite, walks_what_other_renderers_made_in_pages) {
    for (std::uint32_t number = 1; number <= 20; ++number) {
        post(rendered_by(number % 4, a_comment(number)));
    }
    for (const std::size_t limit : {1U, 4U, 15U, 16U}) {
        std::vector<std::uint32_t> seen;
        std::optional<comment_id> after;
        for (;;) {
            const auto part = store().list_rendered_by_others(3, after, limit);
            if (part.empty()) break;
            EXPECT_LE(part.size(), limit);
            for (const auto number : numbers(part))
                seen.push_back(number);
            ASSERT_LE(seen.size(), 15U) << "some came twice";
            after = part.back().id;
        }
        EXPECT_THAT(
            seen, testing::UnorderedElementsAre(1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 16, 17, 18, 20)
        );
    }
}

// As service/rerender_comments does: what was given is changed before the walk goes on.
TEST_P(comment_store_suite, walks_on_from_what_was_rendered_anew) {
    for (std::uint32_t number = 1; number <= 10; ++number)
        post(a_comment(number));
    std::size_t rendered = 0;
    std::optional<comment_id> after;
    for (;;) {
        auto part = store().list_rendered_by_others(2, after, 3);
        if (part.empty()) break;
        for (auto& each : part)
            each.renderer = 2;
        store().replace_html(part);
        rendered += part.size();
        after = part.back().id;
    }
    EXPECT_EQ(rendered, 10U);
    EXPECT_THAT(store().list_rendered_by_others(2, std::nullopt, 10), testing::IsEmpty());
}

TEST_P(comment_store_suite, replaces_html_and_nothing_else) {
    auto kept = a_comment(1);
    kept.website = "https://zoe.example/";
    post(kept);
    auto fresh = kept;
    fresh.html = "<p>new</p>";
    fresh.renderer = 2;
    auto sent = fresh;
    sent.author = "not to be stored";
    sent.website = std::nullopt;
    const std::vector<comment> batch{sent, rendered_by(2, a_comment(99))};
    store().replace_html(batch);
    EXPECT_EQ(store().find(kept.id), fresh);
    EXPECT_EQ(store().find_any(id_of(99)), std::nullopt);
    EXPECT_THAT(store().list_rendered_by_others(2, std::nullopt, 10), testing::IsEmpty());
}

TEST_P(comment_store_suite, keeps_html_when_the_text_is_another_by_now) {
    post(a_comment(1));
    auto stale = rendered_by(2, a_comment(1));
    stale.text += " as it was before an edit";
    stale.html = "<p>stale</p>";
    store().replace_html(std::vector{stale});
    EXPECT_EQ(store().find(id_of(1)), a_comment(1));
    EXPECT_EQ(observer_.times_told("projets"), 1);
}

}  // namespace palabre::contract
