// SPDX-License-Identifier: Apache-2.0
// How much is asked of DynamoDB, and what is made of answers in several parts.
#include "contract/records/vocabulary.hpp"
#include "store/dynamodb/dynamodb_record_sink.hpp"
#include "store/dynamodb/lookup.hpp"
#include "store/dynamodb/transaction.hpp"
#include "unit/store_dynamodb/faulty_ground.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace palabre::contract {
namespace {

using store::dynamodb_store;
using ::testing::ElementsAre;

class requests : public testing::Test {
protected:
    unsigned requests_of(const std::function<void()>& verb) {
        const auto before = ground_.service().requests();
        verb();
        return ground_.service().requests() - before;
    }
    page list(std::optional<cursor> from, std::size_t limit) {
        return store_.list({usual_section, from, limit});
    }
    void close() {
        auto entry = an_entry(6, action::close);
        store_.set_closed(entry);
    }

    manual_clock clock_;
    test::faulty_ground ground_{{.rate = 0, .seed = 1, .forgets_tokens = false, .only = {}}};
    dynamodb_store store_{ground_.client(), clock_, ground_.options()};
};

TEST_F(requests, for_a_whole_section_are_one) {
    store_.add_missing(std::vector{a_comment(1), a_comment(2), held(a_comment(3))});
    for (const std::size_t limit : {2U, 3U, 50U}) {
        EXPECT_EQ(requests_of([&] { EXPECT_EQ(list({}, limit).total, 2U); }), 1U) << limit;
    }
    close();
    for (const std::size_t limit : {2U, 3U, 50U}) {
        const auto asked = requests_of([&] {
            const auto shown = list({}, limit);
            EXPECT_EQ(numbers(shown.comments), (std::vector<std::uint32_t>{2, 1}));
            EXPECT_TRUE(shown.closed);
            EXPECT_EQ(shown.total, 2U);
            EXPECT_FALSE(shown.has_older);
            EXPECT_FALSE(shown.has_newer);
        });
        // When the mark takes the place of the comment behind the page, another look is needed.
        EXPECT_LE(asked, limit == 2 ? 2U : 1U) << limit;
    }
    EXPECT_EQ(requests_of([&] { EXPECT_EQ(store_.list({"none", {}, 5}).total, 0U); }), 1U);
}

TEST_F(requests, for_a_part_of_a_section_are_few) {
    for (std::uint32_t number = 1; number <= 9; ++number)
        store_.post(a_comment(number), std::nullopt);
    EXPECT_EQ(requests_of([&] { EXPECT_TRUE(list({}, 3).has_older); }), 2U);
    const auto from = position_of(a_comment(5));
    EXPECT_EQ(requests_of([&] { EXPECT_TRUE(list(older_than(from), 3).has_newer); }), 2U);
    EXPECT_EQ(requests_of([&] { EXPECT_TRUE(list(newer_than(from), 3).has_older); }), 2U);
}

// The mark of a closed section stands behind the newest comment in the index.
TEST_F(requests, never_take_the_mark_of_a_closed_section_for_a_comment) {
    store_.add_missing(std::vector{a_comment(1), a_comment(2)});
    close();
    const auto newest = list(newer_than(position_of(a_comment(1))), 5);
    EXPECT_EQ(numbers(newest.comments), std::vector<std::uint32_t>{2});
    EXPECT_FALSE(newest.has_newer);
    const auto oldest = list(older_than(position_of(a_comment(9))), 5);
    EXPECT_EQ(numbers(oldest.comments), (std::vector<std::uint32_t>{2, 1}));
    EXPECT_FALSE(oldest.has_newer);
    EXPECT_TRUE(oldest.closed);
    EXPECT_EQ(
        store_.list_queue({comment_state::published, usual_section, {}, 9}).comments.size(), 2U
    );
    EXPECT_EQ(store_.list_queue({comment_state::published, "", {}, 9}).comments.size(), 2U);
    EXPECT_EQ(store_.count_held(), 0U);
}

// DynamoDB answers a megabyte at a time: here the comments of one moment come in many parts, and
// are stored in more than one transaction.
TEST_F(requests, put_together_what_comes_in_parts) {
    constexpr std::uint32_t count = 24;
    std::vector<comment> large;
    for (std::uint32_t number = 1; number <= count; ++number) {
        auto each = at_time_of(1, a_comment(number));
        each.text = std::string(150'000, 'x');
        each.html = std::string(150'000, 'y');
        large.push_back(each);
    }
    const auto transactions = ground_.service().requests("TransactWriteItems");
    EXPECT_EQ(store_.add_missing(large), count);
    EXPECT_GT(ground_.service().requests("TransactWriteItems"), transactions + 2);

    std::vector<std::uint32_t> down;
    auto got = list({}, 5);
    for (;;) {
        std::ranges::copy(numbers(got.comments), std::back_inserter(down));
        if (!got.has_older) break;
        got = list(older_than(position_of(got.comments.back())), 5);
    }
    std::vector<std::uint32_t> expected;
    for (std::uint32_t number = count; number > 0; --number)
        expected.push_back(number);
    EXPECT_EQ(down, expected);
    EXPECT_EQ(list({}, count).total, count);
    EXPECT_EQ(records_of(store_).comments, large);
    auto queue = queue_query{comment_state::published, usual_section, std::nullopt, 3};
    queue.older_than = position_of(large[3]);
    EXPECT_THAT(numbers(store_.list_queue(queue).comments), ElementsAre(3, 2, 1));
}

// More sections than fit into one look-up.
TEST_F(requests, for_many_counts_are_put_together) {
    std::vector<std::string> sections;
    std::vector<comment> batch;
    for (std::uint32_t number = 0; number <= store::dynamodb::lookup_ids_max; ++number) {
        sections.push_back("section " + std::to_string(number));
        batch.push_back(a_comment(number + 1, sections.back()));
    }
    EXPECT_EQ(store_.add_missing(batch), batch.size());
    const auto asked = requests_of([&] {
        for (const auto& each : store_.counts(sections))
            EXPECT_EQ(each.published, 1U) << each.section;
    });
    EXPECT_EQ(asked, 2U);
}

// More tombstones above one another than a transaction has room for: those above it stay, and the
// counts agree.
TEST_F(requests, take_only_so_many_tombstones_along) {
    constexpr std::uint32_t count = 45;
    {
        store::dynamodb_record_sink to(ground_.client(), {ground_.ground().table()});
        for (std::uint32_t number = 1; number <= count; ++number) {
            auto each = number < count ? a_tombstone(number) : a_comment(number);
            if (number > 1) each.parent = id_of(number - 1);
            to.put_comment(each);
        }
        to.finish();
    }
    auto entry = an_entry(1, action::remove);
    entry.about = id_of(count);
    EXPECT_EQ(store_.decide(entry)->after, std::nullopt);
    const auto left = list({}, 100);
    EXPECT_EQ(numbers(left.comments), (std::vector<std::uint32_t>{4, 3, 2, 1}));
    EXPECT_EQ(list({}, 1).total, 0U);
}

TEST_F(requests, that_meet_others_all_the_time_end_in_time) {
    test::faulty_ground busy(
        {.rate = 1, .seed = 1, .forgets_tokens = false, .only = test::fault::in_the_way}
    );
    auto how = busy.options();
    how.deadline = [] { return aws::client::clock::now() + std::chrono::milliseconds(200); };
    dynamodb_store store(busy.client(), clock_, how);
    try {
        store.post(a_comment(1), std::nullopt);
        FAIL();
    } catch (const store_error& error) {
        EXPECT_THAT(error.what(), ::testing::HasSubstr("others were writing"));
    }
}

TEST_F(requests, of_which_nothing_is_done_end_in_time) {
    test::faulty_ground idle(
        {.rate = 1, .seed = 1, .forgets_tokens = false, .only = test::fault::unprocessed}
    );
    auto how = idle.options();
    how.deadline = [] { return aws::client::clock::now() + std::chrono::milliseconds(200); };
    dynamodb_store store(idle.client(), clock_, how);
    EXPECT_THROW(store.counts(std::vector<std::string>{"a"}), store_error);
    store::dynamodb_record_sink to(
        idle.client(), {idle.ground().table(), false, std::nullopt, std::chrono::seconds(1)}
    );
    to.put_comment(a_comment(1));
    EXPECT_THROW(to.finish(), store_error);
}

// The service has done it and says nothing: the verb ends at its deadline, and a retry is answered.
TEST_F(requests, without_an_answer_end_in_time) {
    auto how = ground_.options();
    how.deadline = [] { return aws::client::clock::now() + std::chrono::milliseconds(300); };
    dynamodb_store hasty(ground_.client(), clock_, how);
    ground_.service().keep_silent_after("TransactWriteItems");
    EXPECT_THROW(hasty.post(a_comment(1), once(clock_, "key", 1)), store_error);
    const auto again = store_.post(a_comment(2), once(clock_, "key", 1));
    EXPECT_EQ(again.status, post_status::replayed);
    EXPECT_EQ(again.stored, a_comment(1));
    EXPECT_EQ(list({}, 5).total, 1U);
}

// The same comment, taken away and added again at once: no name of a transaction comes twice.
TEST_F(requests, are_not_taken_for_earlier_ones) {
    for (std::uint32_t round = 1; round <= 3; ++round) {
        EXPECT_EQ(store_.add_missing(std::vector{a_comment(1)}), 1U);
        auto entry = an_entry(round, action::remove);
        entry.about = id_of(1);
        ASSERT_TRUE(store_.decide(entry)) << round;
    }
}

}  // namespace
}  // namespace palabre::contract
