// SPDX-License-Identifier: Apache-2.0
#include "service/rerender_comments.hpp"

#include "markup/render.hpp"
#include "service/find_comment.hpp"
#include "service/list_comments.hpp"
#include "store/memory/memory_store.hpp"
#include "support/drafts.hpp"
#include "support/fakes.hpp"

#include <gtest/gtest.h>

namespace palabre {
namespace {

class rerender_comments_test : public testing::Test {
protected:
    void add(std::uint64_t from, std::uint64_t to, std::uint32_t renderer) {
        for (std::uint64_t n = from; n <= to; ++n) {
            auto made = test::nth_comment(n);
            made.text = "*" + std::to_string(n) + "*";
            made.html = "<old>";
            made.renderer = renderer;
            if (n % 10 == 0) made.state = comment_state::held;
            const comment added[] = {made};
            store_.add_missing(added);
        }
    }

    test::fake_clock clock_;
    store::memory_store store_{clock_};
};

TEST_F(rerender_comments_test, renders_what_another_version_made_held_ones_too) {
    add(1, 450, markup::renderer_version + 1);
    EXPECT_EQ(rerender_comments(store_, {}), 450U);
    for (std::uint64_t n = 1; n <= 450; ++n) {
        const auto found = store_.find_any(test::nth_comment(n).id);
        ASSERT_TRUE(found);
        EXPECT_EQ(found->html, "<p><em>" + std::to_string(n) + "</em></p>\n");
        EXPECT_EQ(found->renderer, markup::renderer_version);
    }
    EXPECT_EQ(rerender_comments(store_, {}), 0U);
}

TEST_F(rerender_comments_test, leaves_what_is_up_to_date) {
    add(1, 3, markup::renderer_version);
    EXPECT_EQ(rerender_comments(store_, {}), 0U);
    EXPECT_EQ(store_.find(test::nth_comment(1).id)->html, "<old>");
}

TEST_F(rerender_comments_test, shows_nothing_that_an_older_version_made) {
    add(1, 3, markup::renderer_version - 1);
    list_comments pages(store_, {});
    const auto section = test::nth_comment(1).section;
    const auto shown = pages.run({section, std::nullopt, std::nullopt});
    ASSERT_TRUE(shown);
    ASSERT_EQ(shown->found.comments.size(), 3U);
    EXPECT_EQ(shown->found.comments.front().html, "<p><em>3</em></p>\n");
    const auto stored = store_.find(test::nth_comment(3).id);
    EXPECT_EQ(stored->html, "<p><em>3</em></p>\n");
    EXPECT_EQ(stored->renderer, markup::renderer_version);
    EXPECT_EQ(rerender_comments(store_, {}), 0U) << "something was left for another time";
}

TEST_F(rerender_comments_test, shows_one_comment_anew_too) {
    add(1, 1, markup::renderer_version - 1);
    const auto found = find_comment(store_, to_string(test::nth_comment(1).id));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->html, "<p><em>1</em></p>\n");
}

TEST_F(rerender_comments_test, shows_it_anew_though_nothing_can_be_written) {
    add(1, 1, markup::renderer_version - 1);
    auto shown = *store_.find(test::nth_comment(1).id);
    test::breakable_store full(store_);
    full.break_down();
    rerender_before_showing(full, {&shown, 1});
    EXPECT_EQ(shown.html, "<p><em>1</em></p>\n");
    EXPECT_EQ(store_.find(shown.id)->html, "<old>");
}

TEST_F(rerender_comments_test, leaves_to_a_reader_what_a_newer_version_made) {
    add(1, 1, markup::renderer_version + 1);
    const auto found = find_comment(store_, to_string(test::nth_comment(1).id));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->html, "<old>");
}

TEST_F(rerender_comments_test, gives_no_words_back_to_a_tombstone) {
    add(1, 1, markup::renderer_version - 1);
    auto left = *store_.find(test::nth_comment(1).id);
    left.state = comment_state::deleted;
    left.text.clear();
    left.html.clear();
    rerender_before_showing(store_, {&left, 1});
    EXPECT_EQ(left.html, "");
    EXPECT_EQ(left.renderer, markup::renderer_version - 1);
}

TEST_F(rerender_comments_test, stops_when_asked) {
    add(1, 10, markup::renderer_version + 1);
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(rerender_comments(store_, stop.get_token()), 0U);
}

TEST_F(rerender_comments_test, shows_texts_that_nest_deeper_than_todays_limit) {
    auto deep = test::nth_comment(1);
    deep.text = std::string(100, '>') + " a";
    deep.renderer = markup::renderer_version + 1;
    const comment added[] = {deep};
    store_.add_missing(added);
    EXPECT_EQ(rerender_comments(store_, {}), 1U);
    EXPECT_NE(store_.find(deep.id)->html.find("<p>a</p>"), std::string::npos);
}

}  // namespace
}  // namespace palabre
