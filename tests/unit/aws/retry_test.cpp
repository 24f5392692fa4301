// SPDX-License-Identifier: Apache-2.0
#include "aws/retry.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace palabre::aws {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr retry_plan::clock::time_point start{};

class retries : public ::testing::Test {
protected:
    retry_plan plan(const retry_rules& rules, seconds left = seconds(60)) {
        return {rules, budget_, start + left};
    }
    static std::optional<milliseconds> after(
        retry_plan& of, outcome how, double chance = 0.5, std::optional<milliseconds> hint = {}
    ) {
        return of.pause_after(how, hint, chance, start);
    }

    retry_budget budget_;
};

TEST(outcomes, tell_what_may_be_tried_again) {
    struct row {
        unsigned status;
        std::string_view code;
        outcome expected;
    };
    const std::vector<row> rows{
        {200, "", outcome::fine},
        {204, "", outcome::fine},
        {0, "", outcome::passing},
        {500, "InternalServerError", outcome::passing},
        {502, "", outcome::passing},
        {503, "ServiceUnavailable", outcome::passing},
        {504, "", outcome::passing},
        {400, "RequestTimeout", outcome::passing},
        {409, "ReplicatedWriteConflictException", outcome::passing},
        {400, "ThrottlingException", outcome::throttled},
        {400, "ProvisionedThroughputExceededException", outcome::throttled},
        {400, "RequestLimitExceeded", outcome::throttled},
        {503, "SlowDown", outcome::throttled},
        {429, "", outcome::throttled},
        {301, "PermanentRedirect", outcome::lasting},
        {400, "ConditionalCheckFailedException", outcome::lasting},
        {400, "ValidationException", outcome::lasting},
        {403, "InvalidSignatureException", outcome::lasting},
        {404, "NoSuchKey", outcome::lasting},
        {501, "NotImplemented", outcome::lasting},
    };
    for (const row& each : rows)
        EXPECT_EQ(judge(each.status, each.code), each.expected) << each.status << " " << each.code;
}

TEST(outcomes, are_read_from_however_a_service_names_its_error) {
    EXPECT_EQ(error_code_of("ThrottlingException"), "ThrottlingException");
    EXPECT_EQ(
        error_code_of("com.amazonaws.dynamodb.v20120810#ResourceNotFoundException"),
        "ResourceNotFoundException"
    );
    EXPECT_EQ(
        error_code_of("com.amazon.coral.service#SlowDown:http://internal.example/x"), "SlowDown"
    );
    EXPECT_EQ(error_code_of(""), "");
}

TEST_F(retries, wait_longer_each_time_and_end) {
    auto of = plan(dynamodb_rules);
    EXPECT_EQ(after(of, outcome::passing), milliseconds(12));  // 25 / 2
    EXPECT_EQ(after(of, outcome::passing), milliseconds(25));
    EXPECT_EQ(after(of, outcome::passing), milliseconds(50));
    EXPECT_EQ(after(of, outcome::passing), std::nullopt) << "four attempts were made";
    auto usual = plan(usual_rules);
    EXPECT_EQ(after(usual, outcome::passing), milliseconds(25));
    EXPECT_EQ(after(usual, outcome::passing), milliseconds(50));
    EXPECT_EQ(after(usual, outcome::passing), std::nullopt);
}

TEST_F(retries, wait_twenty_seconds_at_most) {
    constexpr retry_rules many{40, milliseconds{50}};
    auto of = plan(many, seconds(3600));
    milliseconds longest{0};
    for (int i = 0; i < 30; ++i)
        longest = std::max(longest, after(of, outcome::passing, 0.999).value_or(milliseconds(0)));
    EXPECT_EQ(longest, milliseconds(19'980));
}

TEST_F(retries, are_not_made_of_what_would_end_the_same) {
    auto of = plan(usual_rules);
    EXPECT_EQ(after(of, outcome::lasting), std::nullopt);
    EXPECT_EQ(after(of, outcome::fine), std::nullopt);
}

TEST_F(retries, of_a_throttled_call_wait_a_second_and_more) {
    auto of = plan(dynamodb_rules);
    EXPECT_EQ(after(of, outcome::throttled), milliseconds(500));
    EXPECT_EQ(after(of, outcome::throttled), milliseconds(1'000));
}

TEST_F(retries, wait_as_the_service_wishes_within_reason) {
    auto patient = plan(usual_rules);
    EXPECT_EQ(after(patient, outcome::passing, 0.5, milliseconds(2'000)), milliseconds(2'000));
    auto greedy = plan(usual_rules);
    EXPECT_EQ(after(greedy, outcome::passing, 0.5, milliseconds(600'000)), milliseconds(5'025));
    auto hasty = plan(usual_rules);
    EXPECT_EQ(after(hasty, outcome::passing, 0.5, milliseconds(0)), milliseconds(25));
}

TEST_F(retries, do_not_begin_what_cannot_end_in_time) {
    retry_plan late{usual_rules, budget_, start + milliseconds(124)};
    EXPECT_EQ(after(late, outcome::passing), std::nullopt);
    retry_plan in_time{usual_rules, budget_, start + milliseconds(125)};
    EXPECT_EQ(after(in_time, outcome::passing), milliseconds(25));
}

// 500 tokens at 14 each: then a service that is down is left alone, whoever asks.
TEST_F(retries, end_for_everybody_when_nothing_succeeds) {
    int made = 0;
    for (int i = 0; i < 100; ++i) {
        auto of = plan(usual_rules);
        while (after(of, outcome::passing, 0.0))
            ++made;
    }
    EXPECT_EQ(made, 500 / 14);
}

TEST_F(retries, are_earned_back_by_successes) {
    auto of = plan(usual_rules);
    EXPECT_TRUE(after(of, outcome::passing));
    of.succeeded();  // what it paid is back
    int made = 0;
    while (budget_.take(outcome::passing))
        ++made;
    EXPECT_EQ(made, 500 / 14);
    for (int i = 0; i < 14; ++i)
        plan(usual_rules).succeeded();  // one each
    EXPECT_TRUE(budget_.take(outcome::passing));
    EXPECT_FALSE(budget_.take(outcome::passing));
}

}  // namespace
}  // namespace palabre::aws
