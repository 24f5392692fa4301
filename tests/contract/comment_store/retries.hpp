// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "contract/comment_store/vocabulary.hpp"

#include <algorithm>
#include <thread>

namespace palabre::contract {

TEST_P(comment_store_suite, answers_a_retry_with_the_comment_of_then) {
    const auto key = once(clock_, "key", 1);
    EXPECT_EQ(store().post(a_comment(1), key).status, post_status::stored);
    const auto again = store().post(a_comment(2), key);
    EXPECT_EQ(again.status, post_status::replayed);
    EXPECT_EQ(again.stored, a_comment(1));
    EXPECT_EQ(store().find_any(id_of(2)), std::nullopt);
    EXPECT_EQ(newest(10).total, 1U);
}

TEST_P(comment_store_suite, answers_a_retry_of_a_held_comment) {
    const auto key = once(clock_, "key", 1);
    store().post(held(a_comment(1)), key);
    const auto again = store().post(held(a_comment(2)), key);
    EXPECT_EQ(again.status, post_status::replayed);
    EXPECT_EQ(again.stored, held(a_comment(1)));
    EXPECT_EQ(store().count_held(), 1U);
}

TEST_P(comment_store_suite, refuses_a_key_with_other_content) {
    store().post(a_comment(1), once(clock_, "key", 1));
    const auto other = store().post(a_comment(2), once(clock_, "key", 2));
    EXPECT_EQ(other.status, post_status::conflict);
    EXPECT_EQ(other.stored, std::nullopt);
    EXPECT_EQ(store().find_any(id_of(2)), std::nullopt);
    EXPECT_EQ(newest(10).total, 1U);
    // The conflict has not taken the key over.
    EXPECT_EQ(store().post(a_comment(3), once(clock_, "key", 1)).status, post_status::replayed);
}

TEST_P(comment_store_suite, takes_keys_to_the_byte) {
    const std::vector<std::string> keys{"key", "Key", "key ", "ke", std::string(128, 'k')};
    std::uint32_t number = 0;
    for (const auto& key : keys) {
        const auto answer = store().post(a_comment(++number), once(clock_, key, 1));
        EXPECT_EQ(answer.status, post_status::stored) << key;
    }
}

TEST_P(comment_store_suite, remembers_a_key_until_it_expires) {
    const auto first = once(clock_, "key", 1);
    store().post(a_comment(1), first);
    clock_.advance(key_lifetime_ms - 1);
    EXPECT_EQ(store().post(a_comment(2), first).status, post_status::replayed);

    clock_.advance(2);
    const auto later = once(clock_, "key", 2);
    EXPECT_EQ(store().post(a_comment(3), later).status, post_status::stored);
    // From now on the key means the later comment.
    EXPECT_EQ(store().post(a_comment(4), later).stored, a_comment(3));
    EXPECT_EQ(newest(10).total, 2U);
}

TEST_P(comment_store_suite, burns_no_key_on_a_failed_post) {
    post(a_comment(1));
    const auto key = once(clock_, "key", 1);
    EXPECT_THROW(store().post(a_comment(1), key), store_error);
    EXPECT_EQ(store().post(a_comment(2), key).status, post_status::stored);
}

TEST_P(comment_store_suite, stores_one_of_many_racing_retries) {
    constexpr std::uint32_t racers = 16;
    constexpr std::uint32_t rounds = 8;
    for (std::uint32_t round = 0; round < rounds; ++round) {
        const auto key = once(clock_, "key " + std::to_string(round), 1);
        std::vector<post_answer> answers(racers);
        {
            std::vector<std::jthread> threads;
            threads.reserve(racers);
            for (std::uint32_t i = 0; i < racers; ++i) {
                threads.emplace_back([&, i] {
                    answers[i] = store().post(a_comment(round * racers + i + 1), key);
                });
            }
        }
        const auto is_stored = [](const auto& a) { return a.status == post_status::stored; };
        EXPECT_EQ(std::ranges::count_if(answers, is_stored), 1);
        for (const auto& answer : answers) {
            EXPECT_NE(answer.status, post_status::conflict);
            EXPECT_EQ(answer.stored, answers[0].stored);
        }
        EXPECT_EQ(newest(1).total, round + 1);
    }
}

}  // namespace palabre::contract
