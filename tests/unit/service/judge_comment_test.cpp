// SPDX-License-Identifier: Apache-2.0
#include "service/judge_comment.hpp"

#include "markup/render.hpp"
#include "store/memory/memory_store.hpp"
#include "support/drafts.hpp"
#include "support/fakes.hpp"

#include <gtest/gtest.h>

namespace palabre {
namespace {

class judge_test : public testing::Test {
protected:
    comment saying(const std::string& text, std::string_view section = "projets") {
        auto made = test::nth_comment(++count_, section);
        made.at = clock_.now();
        made.text = text;
        made.html = markup::render(text, 24).value();
        return made;
    }

    verdict judge(const comment& made, const form_signals& signals = {}, const caller& from = {}) {
        return judge_comment(made, signals, from, rules_, store_, store_);
    }

    comment_state state_of(const std::string& text, std::string_view section = "projets") {
        return judge(saying(text, section)).state;
    }

    std::uint64_t count_ = 0;
    test::fake_clock clock_;
    store::memory_store store_{clock_};
    posting_rules rules_;
};

TEST_F(judge_test, publishes_what_nothing_speaks_against) {
    const auto made = judge(saying("Bravo !"));
    EXPECT_EQ(made.state, comment_state::published);
    EXPECT_EQ(made.reason, "");
}

TEST_F(judge_test, holds_by_section) {
    using enum comment_state;
    rules_.hold_sections = {"missions", "/blog/*"};
    EXPECT_EQ(state_of("a", "missions"), held);
    EXPECT_EQ(state_of("a", "/blog/x"), held);
    EXPECT_EQ(state_of("a", "projets"), published);
    rules_.hold_all = true;
    rules_.publish_sections = {"projets", "missions"};
    EXPECT_EQ(state_of("a", "bilan"), held);
    EXPECT_EQ(state_of("a", "projets"), published);
    EXPECT_EQ(state_of("a", "missions"), held) << "named in both lists: the careful one wins";
}

TEST_F(judge_test, counts_links_however_they_are_written) {
    rules_.links_max = 2;
    const auto two = "[a](https://a.example) https://b.example";
    const auto three = std::string(two) + " <https://c.example>";
    EXPECT_EQ(state_of(two), comment_state::published);
    const auto made = judge(saying(three));
    EXPECT_EQ(made.state, comment_state::held);
    EXPECT_EQ(made.reason, "3 links");
    EXPECT_EQ(
        state_of("`https://a.example` and `<a href=b>` `<a href=c>` `<a href=d>`"),
        comment_state::published
    ) << "what is shown as code is no link";
    rules_.links_max.reset();
    EXPECT_EQ(state_of(three), comment_state::published);
}

TEST_F(judge_test, finds_blocked_words_as_words) {
    rules_.blocked_words = {"casino", "buy now"};
    EXPECT_EQ(judge(saying("The CASINO!")).reason, "the word \"casino\"");
    EXPECT_EQ(state_of("please Buy Now."), comment_state::held);
    EXPECT_EQ(state_of("casinos"), comment_state::published);
    EXPECT_EQ(state_of("écasino"), comment_state::published) << "é is a letter";
    auto by_name = saying("hello");
    by_name.author = "Casino Royale";
    EXPECT_EQ(judge(by_name).state, comment_state::held);
    auto by_website = saying("hello");
    by_website.website = "https://casino.example/";
    EXPECT_EQ(judge(by_website).state, comment_state::held);
}

TEST_F(judge_test, looks_at_how_quickly_a_form_was_filled_in) {
    rules_.min_ms = 3000;
    EXPECT_EQ(judge(saying("a"), {false, 2999}).state, comment_state::held);
    EXPECT_EQ(judge(saying("a"), {false, 2999}).reason, "written in 2999 ms");
    EXPECT_EQ(judge(saying("a"), {false, -5}).reason, "written in 0 ms");
    EXPECT_EQ(judge(saying("a"), {false, 3000}).state, comment_state::published);
    EXPECT_EQ(judge(saying("a")).state, comment_state::published) << "a program has no form";
    rules_.min_ms = 0;
    EXPECT_EQ(judge(saying("a"), {false, 0}).state, comment_state::published);
}

TEST_F(judge_test, calls_what_fills_in_the_trap_spam) {
    EXPECT_EQ(judge(saying("a"), {true, std::nullopt}).state, comment_state::spam);
    rules_.trap = false;
    EXPECT_EQ(judge(saying("a"), {true, std::nullopt}).state, comment_state::published);
}

TEST_F(judge_test, holds_what_was_said_before) {
    rules_.hold_duplicates = true;
    const auto first = saying("Visit my wonderful website today");
    store_.post(first, std::nullopt);
    EXPECT_EQ(state_of(" Visit my wonderful website today\n"), comment_state::held);
    EXPECT_EQ(state_of("Visit my wonderful website today", "bilan"), comment_state::published)
        << "published comments are looked at where the new one stands";
    EXPECT_EQ(judge(first).state, comment_state::published) << "an edit is no duplicate of itself";
    clock_.advance_ms(duplicate_ms);
    EXPECT_EQ(state_of("Visit my wonderful website today"), comment_state::published);
}

TEST_F(judge_test, finds_duplicates_of_held_comments_in_every_section) {
    rules_.hold_duplicates = true;
    auto held = saying("Visit my wonderful website today");
    held.state = comment_state::held;
    store_.post(held, std::nullopt);
    EXPECT_EQ(state_of("Visit my wonderful website today", "bilan"), comment_state::held);
}

TEST_F(judge_test, short_texts_may_be_said_twice) {
    rules_.hold_duplicates = true;
    const std::string just_short(duplicate_characters_min - 1, 'a');
    store_.post(saying(just_short), std::nullopt);
    store_.post(saying(just_short + "a"), std::nullopt);
    EXPECT_EQ(state_of(just_short), comment_state::published);
    EXPECT_EQ(state_of(just_short + "a"), comment_state::held);
}

TEST_F(judge_test, tells_every_reason) {
    rules_.hold_all = true;
    rules_.links_max = 0;
    EXPECT_EQ(judge(saying("https://a.example")).reason, "this section is read first; 1 links");
}

TEST_F(judge_test, trusts_moderators) {
    rules_.hold_all = true;
    rules_.trap = true;
    caller anna;
    anna.holds = role::moderator;
    EXPECT_EQ(judge(saying("a"), {true, 0}, anna).state, comment_state::published);
    anna.holds = role::site;
    EXPECT_EQ(judge(saying("a"), {}, anna).state, comment_state::held);
}

}  // namespace
}  // namespace palabre
