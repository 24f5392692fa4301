// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "contract/comment_store/vocabulary.hpp"

namespace palabre::contract {

inline api_key a_key(std::uint8_t number) {
    api_key key;
    key.id = "key-" + std::to_string(number);
    key.name = "blog " + std::to_string(number);
    key.hash.fill(number);
    key.made_at = {1'600'000'000'000 + std::int64_t{number}};
    return key;
}

TEST_P(comment_store_suite, keys_come_back_as_they_were_added) {
    auto full = a_key(1);
    full.may = role::moderator;
    full.origins = {"https://one.example", "http://127.0.0.1:8080"};
    full.posts_per_minute = 7;
    full.posts_per_day = 4'000'000'000;
    keys().add_key(full);
    keys().add_key(a_key(2));
    EXPECT_EQ(keys().find_key("key-1"), full);
    EXPECT_EQ(keys().find_key("key-2"), a_key(2));
    EXPECT_EQ(keys().find_key("key-3"), std::nullopt);
    EXPECT_EQ(keys().list_keys(), (std::vector<api_key>{full, a_key(2)}));
}

TEST_P(comment_store_suite, a_key_is_revoked_once) {
    keys().add_key(a_key(1));
    EXPECT_TRUE(keys().revoke_key("key-1", {5}));
    EXPECT_TRUE(keys().revoke_key("key-1", {9}));
    EXPECT_EQ(keys().find_key("key-1")->revoked_at, timestamp{5});
    EXPECT_FALSE(keys().revoke_key("key-2", {5}));
}

TEST_P(comment_store_suite, two_keys_cannot_share_an_id) {
    keys().add_key(a_key(1));
    EXPECT_THROW(keys().add_key(a_key(1)), store_error);
}

TEST_P(comment_store_suite, a_quota_counts_by_key_and_day) {
    keys().add_key(a_key(1));
    keys().add_key(a_key(2));
    EXPECT_TRUE(keys().take_daily_post("key-1", 20'000, 2));
    EXPECT_TRUE(keys().take_daily_post("key-1", 20'000, 2));
    EXPECT_FALSE(keys().take_daily_post("key-1", 20'000, 2));
    EXPECT_TRUE(keys().take_daily_post("key-2", 20'000, 2));
    EXPECT_TRUE(keys().take_daily_post("key-1", 20'001, 2));
    EXPECT_FALSE(keys().take_daily_post("key-1", 20'001, 0));
}

}  // namespace palabre::contract
