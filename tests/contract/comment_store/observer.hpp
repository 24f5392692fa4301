// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "contract/comment_store/vocabulary.hpp"

namespace palabre::contract {

TEST_P(comment_store_suite, tells_of_a_post_before_it_returns) {
    for (std::uint32_t number = 1; number <= 20; ++number) {
        store().post(a_comment(number), std::nullopt);
        ASSERT_EQ(observer_.times_told("projets"), static_cast<int>(number));
        ASSERT_EQ(newest(1).total, number);
    }
    EXPECT_EQ(observer_.times_told_everything(), 0);
}

TEST_P(comment_store_suite, tells_nothing_that_readers_cannot_see) {
    const auto key = once(clock_, "key", 1);
    store().post(held(a_comment(1)), key);
    store().post(held(a_comment(2)), key);
    store().post(a_comment(3), once(clock_, "key", 2));
    store().add_missing(std::vector{held(a_comment(4))});
    store().replace_html(std::vector{rendered_by(2, held(a_comment(1)))});
    EXPECT_EQ(observer_.times_told("projets"), 0);
}

TEST_P(comment_store_suite, tells_nothing_of_a_replay_or_a_conflict) {
    store().post(a_comment(1), once(clock_, "key", 1));
    store().post(a_comment(2), once(clock_, "key", 1));
    store().post(a_comment(3), once(clock_, "key", 2));
    EXPECT_EQ(observer_.times_told("projets"), 1);
}

TEST_P(comment_store_suite, tells_of_each_section_that_an_import_adds_to) {
    post(a_comment(1, "known"));
    store().add_missing(std::vector{
        a_comment(1, "known"),
        a_comment(2, "new"),
        a_comment(3, "new"),
        held(a_comment(4, "held")),
    });
    EXPECT_EQ(observer_.times_told("known"), 1);
    EXPECT_GE(observer_.times_told("new"), 1);
    EXPECT_EQ(observer_.times_told("held"), 0);
}

TEST_P(comment_store_suite, tells_of_new_html) {
    post(a_comment(1));
    store().replace_html(std::vector{rendered_by(2, a_comment(1))});
    EXPECT_EQ(observer_.times_told("projets"), 2);
}

}  // namespace palabre::contract
