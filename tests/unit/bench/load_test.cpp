// SPDX-License-Identifier: Apache-2.0
// A load generator that counts wrongly would be believed: its arithmetic is tested.
#include "load/histogram.hpp"
#include "load/requests.hpp"
#include "support/temporary_folder.hpp"

#include <gmock/gmock.h>

#include <fstream>

namespace bench {
namespace {

using testing::EndsWith;
using testing::StartsWith;

TEST(histogram, gives_each_percentile_to_within_a_sixty_fourth) {
    histogram durations;
    for (std::uint64_t ns = 1; ns <= 1'000'000; ++ns)
        durations.add(ns);
    for (const double share : {0.01, 0.5, 0.9, 0.99, 0.999}) {
        const double exact = share * 1'000'000;
        EXPECT_NEAR(static_cast<double>(durations.at(share)), exact, exact / 64 + 1) << share;
    }
    EXPECT_EQ(durations.total(), 1'000'000U);
}

TEST(histogram, never_says_more_than_the_slowest) {
    histogram durations;
    durations.add(1'000'003);
    EXPECT_EQ(durations.at(0.99), 1'000'003U);
    EXPECT_EQ(durations.largest(), 1'000'003U);
}

TEST(histogram, holds_durations_of_every_size) {
    histogram durations;
    for (unsigned bit = 0; bit < 64; ++bit)
        durations.add(std::uint64_t{1} << bit);
    durations.add(~std::uint64_t{0});
    EXPECT_EQ(durations.at(0), 1U);
    EXPECT_EQ(durations.at(1), ~std::uint64_t{0});
}

TEST(histogram, shows_one_slow_answer_of_a_hundred_in_its_tail_only) {
    histogram durations;
    for (int i = 0; i < 990; ++i)
        durations.add(100);
    for (int i = 0; i < 10; ++i)
        durations.add(1'000'000);
    EXPECT_LE(durations.at(0.98), 102U);
    EXPECT_GE(durations.at(0.995), 984'000U);
}

class request_file : public testing::Test {
protected:
    requests read(std::string_view lines, order taken = order::in_turn) {
        options chosen;
        chosen.port = 8080;
        chosen.requests_file = (folder_.path() / "requests").string();
        chosen.taken = taken;
        std::ofstream(chosen.requests_file) << lines;
        return requests(chosen);
    }

private:
    palabre::test::temporary_folder folder_;
};

TEST_F(request_file, gives_its_requests_in_turn_and_begins_again) {
    auto file = read("GET /a\nGET /b?c=d\n");
    EXPECT_EQ(file.next(), "GET /a HTTP/1.1\r\nHost: localhost:8080\r\n\r\n");
    EXPECT_THAT(file.next(), StartsWith("GET /b?c=d HTTP/1.1\r\n"));
    EXPECT_THAT(file.next(), StartsWith("GET /a "));
}

TEST_F(request_file, counts_the_bytes_of_a_body) {
    auto file = read("POST /a\t{\"é\":1}\n");
    EXPECT_THAT(std::string(file.next()), EndsWith("Content-Length: 8\r\n\r\n{\"é\":1}"));
}

TEST_F(request_file, is_refused_when_it_holds_none) {
    EXPECT_THROW(read("\n"), std::runtime_error);
}

}  // namespace
}  // namespace bench
