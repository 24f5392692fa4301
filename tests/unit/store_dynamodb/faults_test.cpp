// SPDX-License-Identifier: Apache-2.0
// What the suite of every store does not ask: answers that are lost at a certain moment, and many
// writers at once through a service that stumbles.
#include "contract/records/vocabulary.hpp"
#include "store/dynamodb/dynamodb_record_sink.hpp"
#include "unit/store_dynamodb/faulty_ground.hpp"

#include <gtest/gtest.h>

#include <map>
#include <thread>

namespace palabre::contract {
namespace {

using store::dynamodb_store;
using test::fault;
using test::faulty_service;

class faults : public testing::TestWithParam<bool> {
protected:
    faults() : ground_({.rate = 0, .seed = 7, .forgets_tokens = GetParam(), .only = {}}) {}

    // Publishes it, by a number of its own.
    static audit_entry an_entry_about(std::uint32_t number) {
        auto made = an_entry(number, action::publish);
        made.about = id_of(number);
        return made;
    }

    // Nothing is lost, nothing doubled, and what counts agrees with what is there.
    void expect_that_all_agrees() {
        const auto all = records_of(store_);
        std::map<std::string, std::uint64_t> published;
        std::map<std::string, std::int64_t> replies;
        for (const auto& each : all.comments) {
            if (each.state == comment_state::published) ++published[each.section];
            if (each.parent) ++replies[to_string(*each.parent)];
        }
        for (const auto& [section, count] : published) {
            const std::vector<std::string> asked{section};
            EXPECT_EQ(store_.counts(asked).at(0).published, count) << section;
            EXPECT_EQ(store_.list({section, std::nullopt, 1}).total, count) << section;
        }
        for (const auto& [id, count] : replies) {
            const auto found = ground_.ground().ask(
                "GetItem", R"({"TableName":"TABLE","Key":{"id":{"S":"replies#)" + id + "\"}}}"
            );
            EXPECT_NE(found.find(R"("N":")" + std::to_string(count) + '"'), std::string::npos)
                << found;
        }
    }

    manual_clock clock_;
    recording_observer observer_;
    test::faulty_ground ground_;
    dynamodb_store store_{ground_.client(), clock_, ground_.options(&observer_)};
};

INSTANTIATE_TEST_SUITE_P(
    dynamodb,
    faults,
    testing::Bool(),
    [](const testing::TestParamInfo<bool>& each) { return each.param ? "forgetful" : "knowing"; }
);

TEST_P(faults, a_post_whose_answer_is_lost_is_stored_once) {
    ground_.service().lose_next_answer("TransactWriteItems");
    EXPECT_EQ(store_.post(a_comment(1), std::nullopt).status, post_status::stored);
    ground_.service().lose_next_answer("TransactWriteItems");
    EXPECT_EQ(store_.post(a_comment(2), once(clock_, "key", 1)).status, post_status::stored);
    ground_.service().lose_next_answer("TransactWriteItems");
    EXPECT_EQ(
        store_.post(held(reply_to(1, a_comment(3))), once(clock_, "other", 1)).status,
        post_status::stored
    );
    EXPECT_EQ(ground_.service().count(fault::lost_after), 3U);
    EXPECT_EQ(observer_.times_told("projets"), 2);
    expect_that_all_agrees();
}

TEST_P(faults, a_decision_whose_answer_is_lost_is_made_once) {
    store_.post(held(a_comment(1)), std::nullopt);
    auto entry = an_entry(1, action::publish);
    ground_.service().lose_next_answer("TransactWriteItems");
    auto made = store_.decide(entry);
    ASSERT_TRUE(made);
    EXPECT_EQ(made->before, comment_state::held);
    EXPECT_EQ(store_.list_audit({std::nullopt, std::nullopt, 9}).size(), 1U);
    expect_that_all_agrees();
    entry = an_entry(1, action::remove);
    entry.id = id_of(5'000);
    ground_.service().lose_next_answer("TransactWriteItems");
    made = store_.decide(entry);
    ASSERT_TRUE(made);
    EXPECT_EQ(made->before, comment_state::published);
    EXPECT_EQ(made->after, std::nullopt);
    EXPECT_EQ(ground_.service().count(fault::lost_after), 2U);
    EXPECT_EQ(store_.list({usual_section, std::nullopt, 1}).total, 0U);
}

TEST_P(faults, an_edit_whose_answer_is_lost_is_made_once) {
    store_.post(a_comment(1), std::nullopt);
    auto edited = held(a_comment(1));
    edited.text = "better";
    ground_.service().lose_next_answer("TransactWriteItems");
    EXPECT_TRUE(store_.edit(edited, "comment 1", an_entry(1, action::edit)));
    EXPECT_EQ(store_.find_any(id_of(1)), edited);
    EXPECT_EQ(store_.list_audit({std::nullopt, std::nullopt, 9}).size(), 1U);
    EXPECT_EQ(store_.list({usual_section, std::nullopt, 1}).total, 0U);
}

TEST_P(faults, a_section_whose_closing_is_lost_is_closed_once) {
    ground_.service().lose_next_answer("TransactWriteItems");
    store_.set_closed(an_entry(6, action::close));
    EXPECT_TRUE(store_.list({usual_section, std::nullopt, 1}).closed);
    EXPECT_EQ(store_.list_audit({std::nullopt, std::nullopt, 9}).size(), 1U);
}

TEST_P(faults, keys_and_quotas_are_counted_once) {
    ground_.service().lose_next_answer("TransactWriteItems");
    store_.add_key(a_whole_key(1));
    for (int post = 0; post < 3; ++post) {
        ground_.service().lose_next_answer("TransactWriteItems");
        EXPECT_TRUE(store_.take_daily_post("key-1", 20'000, 3));
    }
    EXPECT_FALSE(store_.take_daily_post("key-1", 20'000, 3));
}

TEST_P(faults, an_import_whose_answer_is_lost_counts_once) {
    std::vector<comment> batch;
    for (std::uint32_t number = 1; number <= 150; ++number)
        batch.push_back(a_comment(number, "section " + std::to_string(number % 2)));
    ground_.service().set_rate(0.3);
    EXPECT_EQ(store_.add_missing(batch), 150U);
    ground_.service().set_rate(0);
    EXPECT_EQ(store_.add_missing(batch), 0U);
    expect_that_all_agrees();
}

// Some readers and moderators among them; each thread does the same whatever the others do.
TEST_P(faults, many_writers_lose_and_double_nothing) {
    constexpr std::uint32_t writers = 12;
    constexpr std::uint32_t posts_each = 15;
    ground_.service().set_rate(0.2);
    {
        std::vector<std::jthread> threads;
        threads.reserve(writers);
        for (std::uint32_t writer = 0; writer < writers; ++writer) {
            threads.emplace_back([this, writer] {
                for (std::uint32_t i = 0; i < posts_each; ++i) {
                    const auto number = 1 + writer * posts_each + i;
                    auto draft = a_comment(number, "section " + std::to_string(writer % 2));
                    if (i > 0) draft = reply_to(number - i, draft);
                    if (i % 3 == 2) draft = held(draft);
                    const auto key = once(clock_, "key " + std::to_string(number), 1);
                    EXPECT_EQ(store_.post(draft, key).status, post_status::stored) << number;
                    if (i % 5 != 4) continue;
                    const auto made = store_.decide(an_entry_about(number));
                    ASSERT_TRUE(made) << number;
                    EXPECT_EQ(made->before, draft.state) << number;
                }
            });
        }
    }
    ground_.service().set_rate(0);
    const auto all = records_of(store_);
    ASSERT_EQ(all.comments.size(), std::size_t{writers} * posts_each);
    EXPECT_EQ(all.audit.size(), std::size_t{writers} * posts_each / 5);
    expect_that_all_agrees();
    for (std::size_t kind = 0; kind < test::fault_kinds; ++kind) {
        if (static_cast<fault>(kind) == fault::unprocessed) continue;
        EXPECT_GT(ground_.service().count(static_cast<fault>(kind)), 0U) << kind;
    }
}

// Two replies go at once, again and again: their tombstone goes with the last of them.
TEST_P(faults, the_last_of_two_replies_takes_the_tombstone_along) {
    ground_.service().set_rate(0.1);
    for (std::uint32_t round = 0; round < 8; ++round) {
        const auto first = 1 + round * 3;
        store_.post(a_comment(first), std::nullopt);
        for (std::uint32_t i = 1; i < 3; ++i)
            store_.post(reply_to(first, a_comment(first + i)), std::nullopt);
        auto entry = an_entry_about(first);
        entry.what = action::remove;
        EXPECT_EQ(store_.decide(entry)->after, comment_state::deleted);
        {
            std::vector<std::jthread> threads;
            for (std::uint32_t i = 1; i < 3; ++i) {
                threads.emplace_back([this, number = first + i] {
                    auto removal = an_entry_about(number);
                    removal.what = action::remove;
                    EXPECT_EQ(store_.decide(removal)->after, std::nullopt);
                });
            }
        }
    }
    EXPECT_TRUE(records_of(store_).comments.empty());
    EXPECT_EQ(store_.list({usual_section, std::nullopt, 1}).total, 0U);
}

TEST_P(faults, a_table_is_filled_through_them) {
    {
        store::dynamodb_record_sink to(ground_.client(), {ground_.ground().table()});
        ground_.service().set_rate(0.2);
        put_all(everything(), to);
    }
    ground_.service().set_rate(0);
    EXPECT_EQ(records_of(store_), everything());
    expect_that_all_agrees();
}

}  // namespace
}  // namespace palabre::contract
