// SPDX-License-Identifier: Apache-2.0
#include "service/keys.hpp"

#include "store/memory/memory_store.hpp"
#include "support/fakes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace palabre {
namespace {

class keys_test : public testing::Test {
protected:
    issued_key issue(role may, char entropy = 'e') {
        api_key wanted;
        wanted.name = "anna";
        wanted.may = may;
        auto made = issue_key(wanted, std::string(key_entropy_bytes, entropy));
        store_.add_key(made.stored);
        return made;
    }

    test::fake_clock clock_;
    store::memory_store store_{clock_};
};

TEST_F(keys_test, a_key_is_made_of_its_id_and_a_secret_that_is_not_stored) {
    const auto made = issue(role::site);
    EXPECT_THAT(made.text, testing::MatchesRegex("plb_[0-9a-z]{10}_[0-9a-z]{40}"));
    EXPECT_EQ(made.text.size(), key_length);
    EXPECT_EQ(made.text.substr(4, 10), made.stored.id);
    EXPECT_NE(issue(role::site, 'f').text, made.text);
    // The secret does not follow from the id: they come of different bytes.
    std::string other_tail(key_entropy_bytes, 'e');
    other_tail.back() = 'x';
    const auto changed = issue_key({}, other_tail);
    EXPECT_EQ(changed.stored.id, made.stored.id);
    EXPECT_NE(changed.text, made.text);
}

TEST_F(keys_test, who_sends_a_key_is_known_by_it) {
    const auto made = issue(role::moderator);
    const auto from = authenticate(store_, made.text);
    ASSERT_TRUE(from);
    EXPECT_EQ(from->name, "key:anna");
    EXPECT_TRUE(from->may(role::site));
    EXPECT_TRUE(from->may(role::moderator));
    EXPECT_FALSE(from->may(role::admin));
    const auto nobody = authenticate(store_, std::nullopt);
    ASSERT_TRUE(nobody);
    EXPECT_FALSE(nobody->may(role::site));
}

TEST_F(keys_test, what_is_no_key_of_ours_is_refused) {
    const auto made = issue(role::admin);
    auto wrong_secret = made.text;
    wrong_secret.back() = wrong_secret.back() == 'a' ? 'b' : 'a';
    auto wrong_id = made.text;
    wrong_id[4] = wrong_id[4] == 'a' ? 'b' : 'a';
    const std::string cases[] = {
        "", "x", wrong_secret, wrong_id, made.text + "a", made.text.substr(1), made.stored.id
    };
    for (const auto& text : cases) {
        const auto from = authenticate(store_, text);
        ASSERT_FALSE(from) << text;
        EXPECT_EQ(from.error().code, errc::invalid_key) << text;
    }
}

TEST_F(keys_test, a_revoked_key_opens_nothing) {
    const auto made = issue(role::admin);
    store_.revoke_key(made.stored.id, clock_.now());
    EXPECT_EQ(authenticate(store_, made.text).error().code, errc::invalid_key);
}

TEST_F(keys_test, a_quota_is_for_a_day_in_utc) {
    auto from = *authenticate(store_, issue(role::site).text);
    EXPECT_TRUE(take_quota(store_, from, clock_.now())) << "none was set";
    from.key->posts_per_day = 2;
    const timestamp evening{20'000LL * 86'400'000 + 86'399'999};
    EXPECT_TRUE(take_quota(store_, from, evening));
    EXPECT_TRUE(take_quota(store_, from, evening));
    EXPECT_EQ(take_quota(store_, from, evening).error().code, errc::quota_exceeded);
    EXPECT_TRUE(take_quota(store_, from, {evening.ms + 1}));
}

}  // namespace
}  // namespace palabre
