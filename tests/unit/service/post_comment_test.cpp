// SPDX-License-Identifier: Apache-2.0
#include "service/post_comment.hpp"

#include "markup/render.hpp"
#include "store/memory/memory_store.hpp"
#include "support/drafts.hpp"
#include "support/fakes.hpp"

#include <gtest/gtest.h>

namespace palabre {
namespace {

using test::good_draft;

class post_comment_test : public testing::Test {
protected:
    result<post_comment::output> post(
        const raw_draft& draft, std::optional<std::string> key = std::nullopt
    ) {
        return post_.run({draft, std::move(key), {}, {}});
    }

    errc refusal(const raw_draft& draft, std::optional<std::string> key = std::nullopt) {
        const auto answer = post(draft, std::move(key));
        EXPECT_FALSE(answer);
        return answer ? errc::internal_error : answer.error().code;
    }

    raw_draft reply_to(const comment& parent) {
        auto draft = good_draft("Merci", parent.section);
        draft.parent_id = to_string(parent.id);
        return draft;
    }

    test::fake_clock clock_;
    test::counting_ids ids_;
    store::memory_store store_{clock_};
    limits allowed_;
    posting_rules rules_;
    post_comment post_{{store_, store_, store_, clock_, ids_}, allowed_, rules_};
};

TEST_F(post_comment_test, stores_what_was_written_and_what_it_renders_to) {
    auto draft = good_draft("**Bravo** <script>");
    draft.website = "https://ines.example/";
    const auto answer = post(draft);
    ASSERT_TRUE(answer);
    const auto found = store_.find(answer->stored.id);
    ASSERT_TRUE(found);
    EXPECT_EQ(*found, answer->stored);
    EXPECT_EQ(found->text, "**Bravo** <script>");
    EXPECT_EQ(found->html, "<p><strong>Bravo</strong> &lt;script&gt;</p>\n");
    EXPECT_EQ(found->renderer, markup::renderer_version);
    EXPECT_EQ(found->at, clock_.now());
    EXPECT_EQ(found->website, "https://ines.example/");
    EXPECT_EQ(found->state, comment_state::published);
}

TEST_F(post_comment_test, refuses_bad_fields_and_stores_nothing) {
    EXPECT_EQ(refusal({}), errc::invalid_fields);
    EXPECT_EQ(store_.list({"projets", std::nullopt, 10}).total, 0U);
}

TEST_F(post_comment_test, refuses_markup_that_nests_too_deeply_beside_the_field) {
    std::string quotes(allowed_.markup_depth + 1, '>');
    const auto answer = post(good_draft(quotes + " a"));
    ASSERT_FALSE(answer);
    ASSERT_EQ(answer.error().fields.size(), 1U);
    EXPECT_EQ(answer.error().fields[0].problem, field_problem::too_deep);
    EXPECT_EQ(answer.error().fields[0].where, field::text);
}

TEST_F(post_comment_test, refuses_markup_that_comes_to_nothing) {
    const auto answer = post(good_draft("[a]: https://a.example"));
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().fields.at(0).problem, field_problem::invisible);
}

TEST_F(post_comment_test, puts_a_reply_one_deeper_than_its_parent) {
    const auto parent = post(good_draft());
    const auto reply = post(reply_to(parent->stored));
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->stored.parent, parent->stored.id);
    EXPECT_EQ(reply->stored.depth, 1U);
}

TEST_F(post_comment_test, takes_replies_down_to_the_limit_and_no_further) {
    auto parent = post(good_draft())->stored;
    for (std::uint32_t depth = 1; depth <= allowed_.reply_depth; ++depth) {
        const auto reply = post(reply_to(parent));
        ASSERT_TRUE(reply) << depth;
        parent = reply->stored;
    }
    EXPECT_EQ(refusal(reply_to(parent)), errc::reply_too_deep);
}

TEST_F(post_comment_test, refuses_a_parent_that_is_not_there_for_the_public) {
    auto held = test::nth_comment(1);
    held.state = comment_state::held;
    auto elsewhere = test::nth_comment(2, "bilan");
    const comment known[] = {held, elsewhere};
    store_.add_missing(known);
    EXPECT_EQ(refusal(reply_to(test::nth_comment(3))), errc::unknown_parent);
    EXPECT_EQ(refusal(reply_to(held)), errc::unknown_parent);
    auto crossing = reply_to(elsewhere);
    crossing.section_id = "projets";
    EXPECT_EQ(refusal(crossing), errc::unknown_parent);
}

TEST_F(post_comment_test, answers_a_retry_with_the_comment_of_the_first_time) {
    const auto first = post(good_draft(), "key-1");
    clock_.advance_ms(60'000);
    const auto second = post(good_draft(), "key-1");
    ASSERT_TRUE(second);
    EXPECT_EQ(second->stored, first->stored);
    EXPECT_EQ(second->how, post_comment::outcome::replayed);
    EXPECT_EQ(store_.list({"projets", std::nullopt, 10}).total, 1U);
}

TEST_F(post_comment_test, tells_a_retry_from_a_misused_key_by_every_field) {
    ASSERT_TRUE(post(good_draft(), "key-1"));
    auto author = good_draft();
    author.author = "Paul";
    auto website = good_draft();
    website.website = "https://a.example/";
    for (const auto& other :
         {author, website, good_draft("other words"), good_draft("Bravo !", "bilan")}) {
        EXPECT_EQ(refusal(other, "key-1"), errc::idempotency_conflict);
    }
    EXPECT_TRUE(post(good_draft("other words"), "key-2"));
}

TEST_F(post_comment_test, forgets_a_key_after_its_time) {
    ASSERT_TRUE(post(good_draft(), "key-1"));
    clock_.advance_ms(idempotency_keep_ms + 1);
    const auto later = post(good_draft(), "key-1");
    ASSERT_TRUE(later);
    EXPECT_EQ(later->how, post_comment::outcome::stored);
}

TEST_F(post_comment_test, refuses_keys_that_no_header_should_carry) {
    const std::string longest(idempotency_key_bytes_max, 'k');
    EXPECT_TRUE(post(good_draft(), longest));
    for (const std::string& key :
         {std::string(), std::string("two words"), std::string("é"), longest + "k"}) {
        EXPECT_EQ(refusal(good_draft(), key), errc::invalid_idempotency_key);
    }
}

}  // namespace
}  // namespace palabre
