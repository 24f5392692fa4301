// SPDX-License-Identifier: Apache-2.0
#include "service/edit_comment.hpp"

#include "service/edit_token.hpp"
#include "store/memory/memory_store.hpp"
#include "support/drafts.hpp"
#include "support/fakes.hpp"

#include <gtest/gtest.h>

namespace palabre {
namespace {

class edit_test : public testing::Test {
protected:
    edit_test() {
        posted_ = test::nth_comment(1);
        posted_.at = clock_.now();
        store_.post(posted_, std::nullopt);
    }

    result<comment> change(std::string text) { return edit_.change(id(), token(), text, {}); }

    std::string id() const { return to_string(posted_.id); }
    std::string token() const { return edit_token_for(posted_.id, secret_); }

    const std::string secret_ = std::string(32, 's');
    test::fake_clock clock_;
    test::counting_ids ids_;
    store::memory_store store_{clock_};
    posting_rules rules_;
    edit_comment edit_{{store_, store_, clock_, ids_}, limits{}, rules_, secret_};
    comment posted_;
};

TEST_F(edit_test, an_author_changes_the_text_and_only_that) {
    clock_.advance_ms(60'000);
    const auto edited = change("**better**");
    ASSERT_TRUE(edited);
    const auto stored = store_.find(posted_.id);
    ASSERT_TRUE(stored);
    EXPECT_EQ(*stored, *edited);
    EXPECT_EQ(stored->text, "**better**");
    EXPECT_EQ(stored->html, "<p><strong>better</strong></p>\n");
    EXPECT_EQ(stored->edited_at, clock_.now());
    EXPECT_EQ(stored->at, posted_.at);
    EXPECT_EQ(stored->author, posted_.author);
    const auto audit = store_.list_audit({posted_.id, std::nullopt, 10});
    ASSERT_EQ(audit.size(), 1U);
    EXPECT_EQ(audit[0].what, action::edit);
    EXPECT_EQ(audit[0].by, "author");
}

TEST_F(edit_test, a_token_opens_one_comment_of_one_service) {
    const auto other = test::nth_comment(2);
    const std::optional<std::string> tokens[] = {
        std::nullopt,
        "",
        "x",
        edit_token_for(other.id, secret_),
        edit_token_for(posted_.id, std::string(32, 't')),
        token() + "a"
    };
    for (const auto& wrong : tokens) {
        const auto changed = edit_.change(id(), wrong, "mine now", {});
        ASSERT_FALSE(changed);
        EXPECT_EQ(changed.error().code, errc::edit_refused);
        EXPECT_EQ(edit_.remove(id(), wrong).error().code, errc::edit_refused);
    }
    EXPECT_EQ(store_.find(posted_.id), posted_);
}

TEST_F(edit_test, the_time_for_changes_ends) {
    clock_.advance_ms(rules_.edit_ms - 1);
    EXPECT_TRUE(change("just in time"));
    clock_.advance_ms(1);
    EXPECT_EQ(change("too late").error().code, errc::edit_refused);
    EXPECT_EQ(edit_.remove(id(), token()).error().code, errc::edit_refused);
    EXPECT_EQ(store_.find(posted_.id)->text, "just in time");
}

TEST_F(edit_test, new_words_keep_the_rules_of_new_comments) {
    EXPECT_EQ(change("").error().code, errc::invalid_fields);
    EXPECT_EQ(change(std::string(10'001, 'a')).error().code, errc::invalid_fields);
    EXPECT_EQ(change("a\x1b[31m").error().code, errc::invalid_fields);
    EXPECT_EQ(change(std::string(30, '>') + " a").error().code, errc::invalid_fields);
    EXPECT_EQ(edit_.change(id(), token(), std::nullopt, {}).error().code, errc::invalid_fields);
    EXPECT_EQ(store_.find(posted_.id), posted_);
}

TEST_F(edit_test, new_words_are_judged) {
    rules_.blocked_words = {"casino"};
    const auto edited = change("casino");
    ASSERT_TRUE(edited);
    EXPECT_EQ(edited->state, comment_state::held);
    EXPECT_EQ(store_.find(posted_.id), std::nullopt);
    EXPECT_EQ(store_.find_any(posted_.id)->held_because, "the word \"casino\"");
    EXPECT_EQ(change("nothing wrong").value().state, comment_state::held)
        << "a moderator has to let it through, not the author";
}

TEST_F(edit_test, what_a_moderator_took_away_is_gone_for_its_author) {
    for (const action what : {action::reject, action::spam}) {
        audit_entry entry;
        entry.id = ids_.next(clock_.now());
        entry.what = what;
        entry.about = posted_.id;
        ASSERT_TRUE(store_.decide(entry));
        EXPECT_EQ(change("again").error().code, errc::unknown_comment);
        EXPECT_EQ(edit_.remove(id(), token()).error().code, errc::unknown_comment);
    }
}

TEST_F(edit_test, an_author_deletes) {
    EXPECT_TRUE(edit_.remove(id(), token()));
    EXPECT_EQ(store_.find_any(posted_.id), std::nullopt);
    EXPECT_EQ(edit_.remove(id(), token()).error().code, errc::unknown_comment);
    EXPECT_EQ(edit_.remove("nothing", token()).error().code, errc::unknown_comment);
}

TEST_F(edit_test, a_comment_with_a_reply_leaves_a_tombstone) {
    auto reply = test::nth_comment(2);
    reply.parent = posted_.id;
    store_.post(reply, std::nullopt);
    EXPECT_TRUE(edit_.remove(id(), token()));
    EXPECT_EQ(store_.find_any(posted_.id)->state, comment_state::deleted);
    EXPECT_EQ(change("back").error().code, errc::unknown_comment);
}

}  // namespace
}  // namespace palabre
