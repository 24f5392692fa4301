// SPDX-License-Identifier: Apache-2.0
#include "contract/records_suite.hpp"
#include "store/dynamodb/dynamodb_record_sink.hpp"
#include "unit/store_dynamodb/dynamodb_ground.hpp"

namespace palabre::contract {
namespace {

using store::dynamodb_record_sink;
using store::dynamodb_store;

made_home make_dynamodb_home(const clock& wall, const all_records& all) {
    auto ground = std::make_shared<test::dynamodb_ground>();
    dynamodb_record_sink sink(ground->client(), {ground->table()});
    put_all(all, sink);
    auto made = std::make_unique<dynamodb_store>(ground->client(), wall, ground->options());
    made_home home{ground, nullptr, made.get(), made.get(), made.get()};
    home.store = std::move(made);
    return home;
}

INSTANTIATE_TEST_SUITE_P(
    dynamodb,
    records_suite,
    testing::Values(home_case{"dynamodb", make_dynamodb_home, reading::over_a_while}),
    testing::PrintToStringParamName()
);

class record_sinks : public testing::Test {
protected:
    std::unique_ptr<dynamodb_store> store() {
        return std::make_unique<dynamodb_store>(ground_.client(), clock_, ground_.options());
    }
    dynamodb_record_sink sink(bool resumes = false, std::optional<comment_id> written = {}) {
        return {ground_.client(), {ground_.table(), resumes, written}};
    }
    static comment nth(std::uint32_t number) {
        auto made = a_comment(number, "section " + std::to_string(number % 3));
        if (number > 3) made.parent = id_of(number - 3);
        return made;
    }

    manual_clock clock_;
    test::dynamodb_ground ground_;
};

TEST_F(record_sinks, refuse_a_table_that_is_not_empty) {
    store()->add_key(a_whole_key(1));
    EXPECT_THROW(sink(), store_error);
}

// More than all threads can have under way, and a rest that fills no batch.
TEST_F(record_sinks, write_more_than_fits_into_the_requests_under_way) {
    constexpr std::uint32_t count = 1'013;
    auto to = sink();
    for (std::uint32_t number = 1; number <= count; ++number)
        to.put_comment(nth(number));
    to.finish();
    EXPECT_EQ(to.written_up_to(), id_of(count));
    EXPECT_EQ(records_of(*store()).comments.size(), count);
    const std::vector<std::string> sections{"section 0", "section 1", "section 2"};
    std::uint64_t counted = 0;
    for (const auto& each : store()->counts(sections))
        counted += each.published;
    EXPECT_EQ(counted, count);
}

TEST_F(record_sinks, take_up_a_run_that_broke_off) {
    constexpr std::uint32_t half = 300;
    constexpr std::uint32_t count = 500;
    std::optional<comment_id> written;
    {
        auto to = sink();
        for (std::uint32_t number = 1; number <= half; ++number)
            to.put_comment(nth(number));
        while (!written)
            written = to.written_up_to();
    }
    auto to = sink(true, written);
    for (std::uint32_t number = 1; number <= count; ++number)
        to.put_comment(nth(number));
    to.finish();
    const auto all = records_of(*store()).comments;
    ASSERT_EQ(all.size(), count);
    for (std::uint32_t number = 1; number <= count; ++number)
        EXPECT_EQ(all[number - 1], nth(number));
    EXPECT_EQ(store()->largest_sections(3).at(0).published, 167U);
    // Replies are counted over both runs: this one leaves a tombstone, the last one goes.
    auto entry = an_entry(1, action::remove);
    entry.about = id_of(1);
    EXPECT_EQ(store()->decide(entry)->after, comment_state::deleted);
    entry = an_entry(2, action::remove);
    entry.about = id_of(count);
    EXPECT_EQ(store()->decide(entry)->after, std::nullopt);
}

TEST_F(record_sinks, refuse_records_out_of_order) {
    auto to = sink();
    to.put_comment(a_comment(2));
    EXPECT_THROW(to.put_comment(a_comment(1)), store_error);
}

// What a thread of the sink meets comes out of a later verb.
TEST_F(record_sinks, say_that_the_table_is_gone) {
    auto to = sink();
    ground_.ask("DeleteTable", R"({"TableName":"TABLE"})");
    const auto put_and_finish = [&] {
        for (std::uint32_t number = 1; number <= 100; ++number)
            to.put_comment(a_comment(number));
        to.finish();
    };
    EXPECT_THROW(put_and_finish(), store_error);
}

}  // namespace
}  // namespace palabre::contract
