// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "contract/comment_store/vocabulary.hpp"

namespace palabre::contract {

inline constexpr std::uint32_t first_entry =
    1'000'000;  // ids of entries begin above those of comments

inline audit_entry an_entry(action what, std::uint32_t about, std::uint32_t number = 0) {
    audit_entry entry;
    entry.id = id_of(first_entry + number);
    entry.at = {1'650'000'000'000 + std::int64_t{number} * 1000};
    entry.by = "key:anna";
    entry.what = what;
    entry.about = id_of(about);
    entry.section = usual_section;
    entry.note = "note " + std::to_string(number);
    return entry;
}

inline audit_entry closing(std::string_view section, std::uint32_t number = 0) {
    auto entry = an_entry(action::close, 0, number);
    entry.about.reset();
    entry.section = section;
    return entry;
}

inline audit_entry reopening(std::string_view section, std::uint32_t number = 1) {
    auto entry = closing(section, number);
    entry.what = action::reopen;
    return entry;
}

inline queue_query queue_of(comment_state state, std::size_t limit = 100) {
    return {state, {}, std::nullopt, limit};
}

inline comment edited(comment before, std::string text) {
    before.text = std::move(text);
    before.html = "<p>edited</p>\n";
    before.edited_at = timestamp{before.at.ms + 1};
    return before;
}

TEST_P(comment_store_suite, a_decision_moves_a_comment_between_states) {
    struct step {
        action what;
        comment_state after;
        std::uint64_t published;
    };
    const std::vector<step> steps = {
        {action::publish, comment_state::published, 1},
        {action::publish, comment_state::published, 1},
        {action::reject, comment_state::rejected, 0},
        {action::spam, comment_state::spam, 0},
        {action::publish, comment_state::published, 1},
        {action::spam, comment_state::spam, 0},
    };
    post(held(a_comment(1)));
    auto before = comment_state::held;
    std::uint32_t number = 0;
    for (const step& each : steps) {
        const auto made = moderation().decide(an_entry(each.what, 1, ++number));
        ASSERT_TRUE(made);
        EXPECT_EQ(made->before, before);
        EXPECT_EQ(made->after, each.after);
        EXPECT_EQ(store().find_any(id_of(1))->state, each.after);
        EXPECT_EQ(store().find(id_of(1)).has_value(), each.published == 1);
        EXPECT_EQ(newest(10).comments.size(), each.published);
        EXPECT_EQ(newest(10).total, each.published);
        EXPECT_EQ(count("projets"), each.published);
        before = each.after;
    }
    EXPECT_EQ(moderation().list_audit({std::nullopt, std::nullopt, 100}).size(), steps.size());
}

TEST_P(comment_store_suite, a_decision_about_nothing_leaves_no_trace) {
    EXPECT_EQ(moderation().decide(an_entry(action::publish, 1)), std::nullopt);
    EXPECT_TRUE(moderation().list_audit({std::nullopt, std::nullopt, 10}).empty());
}

TEST_P(comment_store_suite, observers_hear_of_decisions_that_readers_can_see) {
    post(held(a_comment(1)));
    (void)moderation().decide(an_entry(action::reject, 1, 1));
    (void)moderation().decide(an_entry(action::spam, 1, 2));
    EXPECT_EQ(observer_.times_told("projets"), 0);
    (void)moderation().decide(an_entry(action::publish, 1, 3));
    EXPECT_EQ(observer_.times_told("projets"), 1);
    (void)moderation().decide(an_entry(action::spam, 1, 4));
    EXPECT_EQ(observer_.times_told("projets"), 2);
}

TEST_P(comment_store_suite, a_removed_comment_without_replies_is_gone) {
    post_numbers(1, 2);
    const auto made = moderation().decide(an_entry(action::remove, 1));
    ASSERT_TRUE(made);
    EXPECT_EQ(made->before, comment_state::published);
    EXPECT_EQ(made->after, std::nullopt);
    EXPECT_EQ(store().find_any(id_of(1)), std::nullopt);
    EXPECT_EQ(numbers(newest(10).comments), std::vector<std::uint32_t>{2});
    EXPECT_EQ(newest(10).total, 1U);
}

TEST_P(comment_store_suite, a_removed_comment_with_replies_leaves_a_tombstone) {
    auto parent = a_comment(1);
    parent.website = "https://zoe.example/";
    parent.verified = true;
    post(parent);
    post(reply_to(1, a_comment(2)));
    const auto made = moderation().decide(an_entry(action::remove, 1));
    ASSERT_TRUE(made);
    EXPECT_EQ(made->after, comment_state::deleted);

    const auto shown = newest(10);
    ASSERT_EQ(numbers(shown.comments), (std::vector<std::uint32_t>{2, 1}));
    comment left;
    left.id = id_of(1);
    left.section = usual_section;
    left.at = parent.at;
    left.renderer = parent.renderer;
    left.state = comment_state::deleted;
    EXPECT_EQ(shown.comments.back(), left) << "nothing of the author may stay";
    EXPECT_EQ(shown.total, 1U) << "a tombstone is no comment";
    EXPECT_EQ(store().find(id_of(1)), std::nullopt) << "nor can it be answered";
    EXPECT_EQ(moderation().decide(an_entry(action::publish, 1, 1)), std::nullopt);
}

TEST_P(comment_store_suite, the_last_reply_takes_the_tombstones_above_along) {
    post(a_comment(1));
    post(reply_to(1, a_comment(2)));
    post(reply_to(2, a_comment(3)));
    (void)moderation().decide(an_entry(action::remove, 1, 1));
    (void)moderation().decide(an_entry(action::remove, 2, 2));
    EXPECT_EQ(numbers(newest(10).comments), (std::vector<std::uint32_t>{3, 2, 1}));
    (void)moderation().decide(an_entry(action::remove, 3, 3));
    EXPECT_TRUE(newest(10).comments.empty());
    EXPECT_EQ(store().find_any(id_of(1)), std::nullopt);
    EXPECT_EQ(newest(10).total, 0U);
}

TEST_P(comment_store_suite, a_tombstone_stays_while_a_held_reply_needs_it) {
    post(a_comment(1));
    post(held(reply_to(1, a_comment(2))));
    EXPECT_EQ(moderation().decide(an_entry(action::remove, 1))->after, comment_state::deleted);
    EXPECT_EQ(numbers(newest(10).comments), std::vector<std::uint32_t>{1});
}

TEST_P(comment_store_suite, the_key_of_a_deleted_comment_means_nothing) {
    store().post(a_comment(1), once(clock_, "key", 1));
    (void)moderation().decide(an_entry(action::remove, 1));
    EXPECT_EQ(store().post(a_comment(2), once(clock_, "key", 1)).status, post_status::stored);
}

TEST_P(comment_store_suite, queues_are_newest_first_by_state_and_section) {
    for (std::uint32_t number = 1; number <= 6; ++number) {
        post(held(a_comment(number, number % 2 == 0 ? "even" : "odd")));
    }
    post(a_comment(7, "even"));
    const auto all = moderation().list_queue(queue_of(comment_state::held, 4));
    EXPECT_EQ(numbers(all.comments), (std::vector<std::uint32_t>{6, 5, 4, 3}));
    EXPECT_TRUE(all.has_older);
    auto rest = queue_of(comment_state::held, 4);
    rest.older_than = position_of(all.comments.back());
    EXPECT_EQ(numbers(moderation().list_queue(rest).comments), (std::vector<std::uint32_t>{2, 1}));
    EXPECT_FALSE(moderation().list_queue(rest).has_older);
    const auto even = moderation().list_queue({comment_state::held, "even", std::nullopt, 10});
    EXPECT_EQ(numbers(even.comments), (std::vector<std::uint32_t>{6, 4, 2}));
    const auto shown = moderation().list_queue({comment_state::published, "even", std::nullopt, 9});
    EXPECT_EQ(numbers(shown.comments), (std::vector<std::uint32_t>{7}));
    EXPECT_EQ(
        numbers(moderation().list_queue(queue_of(comment_state::published)).comments),
        (std::vector<std::uint32_t>{7})
    );
}

TEST_P(comment_store_suite, why_a_comment_was_held_is_kept) {
    auto suspicious = held(a_comment(1));
    suspicious.held_because = "3 links";
    post(suspicious);
    EXPECT_EQ(moderation().list_queue(queue_of(comment_state::held)).comments.at(0), suspicious);
}

TEST_P(comment_store_suite, an_author_edits) {
    post(a_comment(1));
    const auto after = edited(a_comment(1), "better");
    EXPECT_TRUE(moderation().edit(after, "comment 1", an_entry(action::edit, 1)));
    EXPECT_EQ(store().find(id_of(1)), after);
    EXPECT_EQ(observer_.times_told("projets"), 2);
    EXPECT_EQ(newest(1).total, 1U);
}

TEST_P(comment_store_suite, an_edit_may_be_held) {
    post(a_comment(1));
    const auto after = held(edited(a_comment(1), "buy this"));
    EXPECT_TRUE(moderation().edit(after, "comment 1", an_entry(action::edit, 1)));
    EXPECT_EQ(store().find(id_of(1)), std::nullopt);
    EXPECT_EQ(newest(1).total, 0U);
    EXPECT_EQ(store().count_held(), 1U);
}

TEST_P(comment_store_suite, an_edit_of_what_changed_meanwhile_does_nothing) {
    post(a_comment(1));
    const auto late = edited(a_comment(1), "late");
    EXPECT_FALSE(moderation().edit(late, "another text", an_entry(action::edit, 1, 1)));
    EXPECT_FALSE(
        moderation().edit(edited(a_comment(2), "x"), "comment 2", an_entry(action::edit, 2))
    );
    EXPECT_EQ(store().find(id_of(1)), a_comment(1));
    EXPECT_TRUE(moderation().list_audit({std::nullopt, std::nullopt, 10}).empty());
}

TEST_P(comment_store_suite, a_closed_section_takes_no_comments) {
    post(a_comment(1));
    store().post(a_comment(2), once(clock_, "key", 1));
    moderation().set_closed(closing("projets"));
    EXPECT_EQ(observer_.times_told("projets"), 3);
    EXPECT_TRUE(newest(1).closed);
    EXPECT_EQ(store().post(a_comment(3), std::nullopt).status, post_status::closed);
    EXPECT_EQ(store().find_any(id_of(3)), std::nullopt);
    EXPECT_EQ(store().post(a_comment(4), once(clock_, "key", 1)).status, post_status::replayed)
        << "a retry was answered before";
    EXPECT_EQ(store().post(a_comment(5, "another"), std::nullopt).status, post_status::stored);
    moderation().set_closed(reopening("projets"));
    EXPECT_FALSE(newest(1).closed);
    EXPECT_EQ(store().post(a_comment(6), std::nullopt).status, post_status::stored);
}

TEST_P(comment_store_suite, a_section_can_be_closed_before_its_first_comment) {
    moderation().set_closed(closing("empty"));
    EXPECT_TRUE(newest(1, "empty").closed);
    EXPECT_EQ(store().post(a_comment(1, "empty"), std::nullopt).status, post_status::closed);
    EXPECT_EQ(store().largest_sections(10).size(), 0U);
}

TEST_P(comment_store_suite, the_audit_tells_all_newest_first) {
    post_numbers(1, 2);
    const auto first = an_entry(action::reject, 1, 1);
    const auto second = an_entry(action::spam, 2, 2);
    auto third = closing("projets", 3);
    (void)moderation().decide(first);
    (void)moderation().decide(second);
    moderation().set_closed(third);
    EXPECT_EQ(
        moderation().list_audit({std::nullopt, std::nullopt, 10}),
        (std::vector<audit_entry>{third, second, first})
    );
    EXPECT_EQ(
        moderation().list_audit({std::nullopt, std::nullopt, 1}), (std::vector<audit_entry>{third})
    );
    EXPECT_EQ(
        moderation().list_audit({std::nullopt, position{second.at, second.id}, 10}),
        (std::vector<audit_entry>{first})
    );
    EXPECT_EQ(
        moderation().list_audit({id_of(1), std::nullopt, 10}), (std::vector<audit_entry>{first})
    );
}

TEST_P(comment_store_suite, the_audit_names_the_section_of_the_comment) {
    post(a_comment(1, "missions"));
    (void)moderation().decide(an_entry(action::reject, 1));
    EXPECT_EQ(moderation().list_audit({std::nullopt, std::nullopt, 1}).at(0).section, "missions");
}

}  // namespace palabre::contract
