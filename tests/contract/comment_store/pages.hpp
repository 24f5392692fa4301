// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "contract/comment_store/vocabulary.hpp"

#include <algorithm>

namespace palabre::contract {

using testing::ElementsAre;
using testing::IsEmpty;

TEST_P(comment_store_suite, lists_newest_first_whatever_the_order_of_arrival) {
    for (const std::uint32_t number : {3U, 1U, 5U, 2U, 4U})
        post(a_comment(number));
    EXPECT_THAT(numbers(newest(10).comments), ElementsAre(5, 4, 3, 2, 1));
}

TEST_P(comment_store_suite, orders_equal_times_by_id) {
    for (const std::uint32_t number : {12U, 300U, 11U, 10U}) {
        post(at_time_of(10, a_comment(number)));
    }
    post(a_comment(9));
    EXPECT_THAT(numbers(newest(10).comments), ElementsAre(300, 12, 11, 10, 9));

    const position middle = position_of(at_time_of(10, a_comment(12)));
    EXPECT_THAT(numbers(list(older_than(middle), 2).comments), ElementsAre(11, 10));
    EXPECT_THAT(numbers(list(newer_than(middle), 2).comments), ElementsAre(300));
}

TEST_P(comment_store_suite, orders_by_time_before_id) {
    post(at_time_of(1, a_comment(20)));
    post(at_time_of(2, a_comment(10)));
    EXPECT_THAT(numbers(newest(10).comments), ElementsAre(10, 20));
}

TEST_P(comment_store_suite, says_exactly_whether_there_is_more) {
    post_numbers(1, 4);
    const auto second = position_of(a_comment(2));
    const auto third = position_of(a_comment(3));
    const auto below = position_of(a_comment(0));
    const auto above = position_of(a_comment(9));
    struct row {
        std::optional<cursor> from;
        std::size_t limit;
        std::vector<std::uint32_t> expected;
        bool has_older;
        bool has_newer;
    };
    const std::vector<row> table{
        {std::nullopt, 5, {4, 3, 2, 1}, false, false},
        {std::nullopt, 4, {4, 3, 2, 1}, false, false},
        {std::nullopt, 3, {4, 3, 2}, true, false},
        {older_than(third), 1, {2}, true, true},
        {older_than(third), 2, {2, 1}, false, true},
        {older_than(above), 4, {4, 3, 2, 1}, false, false},
        {older_than(above), 1, {4}, true, false},
        {older_than(below), 5, {}, false, true},
        {newer_than(second), 1, {3}, true, true},
        {newer_than(second), 2, {4, 3}, true, false},
        {newer_than(second), 9, {4, 3}, true, false},
        {newer_than(below), 4, {4, 3, 2, 1}, false, false},
        {newer_than(below), 2, {2, 1}, false, true},  // those nearest to the cursor
        {newer_than(above), 5, {}, true, false},
    };
    for (std::size_t i = 0; i < table.size(); ++i) {
        const auto& [from, limit, expected, has_older, has_newer] = table[i];
        const auto got = store().list({usual_section, from, limit});
        EXPECT_EQ(numbers(got.comments), expected) << "row " << i;
        EXPECT_EQ(got.has_older, has_older) << "row " << i;
        EXPECT_EQ(got.has_newer, has_newer) << "row " << i;
        EXPECT_EQ(got.total, 4U) << "row " << i;
    }
}

TEST_P(comment_store_suite, continues_from_a_comment_that_does_not_exist) {
    post(a_comment(1));
    post(a_comment(2));
    post(a_comment(4));
    const auto gone = position_of(a_comment(3));
    EXPECT_THAT(numbers(list(older_than(gone), 1).comments), ElementsAre(2));
    EXPECT_THAT(numbers(list(newer_than(gone), 1).comments), ElementsAre(4));
}

TEST_P(comment_store_suite, keeps_to_the_section_asked_for) {
    post(a_comment(1));
    post(a_comment(2, "elsewhere"));
    post(a_comment(3));
    post(a_comment(4, "elsewhere"));
    EXPECT_THAT(numbers(newest(10).comments), ElementsAre(3, 1));
    const auto rest = list(older_than(position_of(a_comment(4))), 1);
    EXPECT_THAT(numbers(rest.comments), ElementsAre(3));
    EXPECT_FALSE(rest.has_newer);
    EXPECT_THAT(newest(10, "unknown").comments, IsEmpty());
}

TEST_P(comment_store_suite, walks_to_the_oldest_while_comments_arrive) {
    post_numbers(1, 10);
    std::vector<std::uint32_t> seen;
    std::optional<cursor> from;
    std::uint32_t next = 100;
    for (bool more = true; more;) {
        const auto got = store().list({usual_section, from, 3});
        ASSERT_FALSE(got.comments.empty());
        std::ranges::copy(numbers(got.comments), std::back_inserter(seen));
        from = older_than(position_of(got.comments.back()));
        more = got.has_older;
        post_numbers(next, next + 3);  // more than a page
        next += 4;
    }
    EXPECT_THAT(seen, ElementsAre(10, 9, 8, 7, 6, 5, 4, 3, 2, 1));
}

TEST_P(comment_store_suite, walks_to_the_newest_and_meets_those_that_arrive) {
    post_numbers(1, 7);
    std::vector<std::uint32_t> seen;
    auto from = newer_than(position_of(a_comment(0)));
    std::uint32_t arriving = 8;
    for (bool more = true; more;) {
        if (arriving <= 10) post(a_comment(arriving++));
        const auto got = list(from, 3);
        ASSERT_FALSE(got.comments.empty());
        auto part = numbers(got.comments);
        std::ranges::reverse(part);
        std::ranges::copy(part, std::back_inserter(seen));
        from = newer_than(position_of(got.comments.front()));
        more = got.has_newer;
    }
    EXPECT_THAT(seen, ElementsAre(1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
}

TEST_P(comment_store_suite, meets_old_comments_imported_ahead_of_the_walk) {
    post(a_comment(10));
    post(a_comment(20));
    const auto first = newest(1);
    ASSERT_THAT(numbers(first.comments), ElementsAre(20));
    const std::vector<comment> imported{a_comment(5), a_comment(15), a_comment(25)};
    store().add_missing(imported);
    const auto rest = list(older_than(position_of(first.comments.back())), 10);
    EXPECT_THAT(numbers(rest.comments), ElementsAre(15, 10, 5));
}

TEST_P(comment_store_suite, walks_there_and_back_through_equal_times) {
    for (std::uint32_t number = 1; number <= 9; ++number) {
        post(at_time_of(1, a_comment(number)));
    }
    std::vector<std::uint32_t> down;
    auto got = newest(2);
    std::ranges::copy(numbers(got.comments), std::back_inserter(down));
    while (got.has_older) {
        got = list(older_than(position_of(got.comments.back())), 2);
        std::ranges::copy(numbers(got.comments), std::back_inserter(down));
    }
    EXPECT_THAT(down, ElementsAre(9, 8, 7, 6, 5, 4, 3, 2, 1));

    std::size_t back = got.comments.size();
    while (got.has_newer) {
        got = list(newer_than(position_of(got.comments.front())), 2);
        back += got.comments.size();
    }
    EXPECT_EQ(back, 9U);
    EXPECT_THAT(numbers(got.comments), ElementsAre(9, 8));
}

}  // namespace palabre::contract
