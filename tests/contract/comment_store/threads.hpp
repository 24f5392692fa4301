// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "contract/comment_store/vocabulary.hpp"

#include <set>
#include <thread>

namespace palabre::contract {

TEST_P(comment_store_suite, takes_posts_of_64_threads) {
    constexpr std::uint32_t threads = 64;
    constexpr std::uint32_t posts_each = 5;
    {
        std::vector<std::jthread> posters;
        posters.reserve(threads);
        for (std::uint32_t thread = 0; thread < threads; ++thread) {
            posters.emplace_back([this, thread] {
                for (std::uint32_t i = 0; i < posts_each; ++i) {
                    const auto draft =
                        a_comment(thread * posts_each + i, "section " + std::to_string(thread % 4));
                    EXPECT_EQ(store().post(draft, std::nullopt).status, post_status::stored);
                    // A thread reads what it wrote, at once.
                    EXPECT_EQ(store().find(draft.id), draft);
                }
            });
        }
    }
    constexpr std::size_t posts = std::size_t{threads} * posts_each;
    std::set<std::uint32_t> seen;
    for (std::uint32_t section = 0; section < 4; ++section) {
        const auto name = "section " + std::to_string(section);
        const auto all = newest(posts, name);
        EXPECT_EQ(all.total, posts / 4);
        EXPECT_EQ(all.comments.size(), all.total);
        EXPECT_GE(observer_.times_told(name), 1);
        for (const auto number : numbers(all.comments))
            seen.insert(number);
    }
    EXPECT_EQ(seen.size(), posts);
}

TEST_P(comment_store_suite, gives_whole_pages_while_others_write) {
    std::atomic<bool> done = false;
    std::jthread writer([&] {
        for (std::uint32_t number = 1; number <= 100; ++number) {
            store().add_missing(std::vector{a_comment(2 * number), a_comment(2 * number + 1)});
        }
        done = true;
    });
    std::uint64_t before = 0;
    while (!done) {
        const auto got = newest(1000);
        EXPECT_EQ(got.comments.size(), got.total);
        EXPECT_GE(got.total, before);
        before = got.total;
    }
    writer.join();
    EXPECT_EQ(newest(1000).total, 200U);
}

}  // namespace palabre::contract
