// SPDX-License-Identifier: Apache-2.0
#include "service/list_comments.hpp"

#include "store/memory/memory_store.hpp"
#include "support/drafts.hpp"
#include "support/fakes.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace palabre {
namespace {

class list_comments_test : public testing::Test {
protected:
    void fill(std::uint64_t from, std::uint64_t to) {
        for (std::uint64_t n = from; n <= to; ++n) {
            const comment added[] = {test::nth_comment(n)};
            store_.add_missing(added);
        }
    }

    list_comments::output list(
        std::optional<std::size_t> limit = std::nullopt,
        std::optional<std::string> cursor = std::nullopt
    ) {
        auto answer = list_.run({"projets", limit, std::move(cursor)});
        EXPECT_TRUE(answer);
        return answer ? *answer : list_comments::output{};
    }

    test::fake_clock clock_;
    store::memory_store store_{clock_};
    limits allowed_;
    list_comments list_{store_, allowed_};
};

TEST_F(list_comments_test, gives_an_empty_page_for_an_unknown_section) {
    const auto answer = list();
    EXPECT_TRUE(answer.found.comments.empty());
    EXPECT_EQ(answer.found.total, 0U);
    EXPECT_EQ(answer.next_cursor, std::nullopt);
    EXPECT_EQ(answer.previous_cursor, std::nullopt);
}

TEST_F(list_comments_test, gives_a_small_section_whole) {
    fill(1, allowed_.whole_section);
    const auto answer = list();
    EXPECT_EQ(answer.found.comments.size(), allowed_.whole_section);
    EXPECT_EQ(answer.next_cursor, std::nullopt);
}

TEST_F(list_comments_test, gives_the_newest_of_a_large_section) {
    fill(1, allowed_.whole_section + 1);
    const auto answer = list();
    ASSERT_EQ(answer.found.comments.size(), allowed_.page_default);
    EXPECT_EQ(answer.found.comments.front().id, test::nth_comment(allowed_.whole_section + 1).id);
    EXPECT_EQ(answer.found.total, allowed_.whole_section + 1);
    EXPECT_TRUE(answer.next_cursor);
}

TEST_F(list_comments_test, keeps_to_a_limit_that_was_asked_for) {
    fill(1, 10);
    EXPECT_EQ(list(3).found.comments.size(), 3U);
}

TEST_F(list_comments_test, walks_to_the_end_and_back_while_comments_arrive) {
    fill(1, 60);
    std::vector<comment_id> down;
    std::optional<std::string> cursor;
    std::optional<std::string> back;
    std::uint64_t next_number = 61;
    do {
        const auto answer = list(7, cursor);
        for (const auto& c : answer.found.comments)
            down.push_back(c.id);
        cursor = answer.next_cursor;
        if (answer.previous_cursor) back = answer.previous_cursor;
        fill(next_number, next_number);
        ++next_number;
    } while (cursor);
    ASSERT_EQ(down.size(), 60U);
    for (std::uint64_t n = 60; n >= 1; --n)
        EXPECT_EQ(down[60 - n], test::nth_comment(n).id);

    // The last page down held 60 mod 7 = 4 comments; everything newer is met on the way back.
    std::vector<comment_id> up;
    while (back) {
        const auto answer = list(7, back);
        up.insert(up.begin(), answer.found.comments.size(), comment_id{});
        std::ranges::transform(answer.found.comments, up.begin(), [](auto& c) { return c.id; });
        back = answer.previous_cursor;
    }
    ASSERT_EQ(up.size(), next_number - 1 - 4);
    EXPECT_EQ(up.front(), test::nth_comment(next_number - 1).id);
    EXPECT_EQ(up.back(), test::nth_comment(5).id);
}

TEST_F(list_comments_test, refuses_a_cursor_of_another_section) {
    fill(1, 60);
    const auto cursor = list().next_cursor;
    const auto answer = list_.run({"bilan", std::nullopt, cursor});
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, errc::invalid_cursor);
}

}  // namespace
}  // namespace palabre
