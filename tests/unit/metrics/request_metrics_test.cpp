// SPDX-License-Identifier: Apache-2.0
#include "metrics/request_metrics.hpp"

#include <gtest/gtest.h>

#include <string>
#include <thread>

namespace palabre::metrics {
namespace {

request_record record(std::string_view route, unsigned status, std::uint64_t microseconds = 10) {
    request_record made;
    made.method = "GET";
    made.route = route;
    made.status = status;
    made.bytes_sent = 100;
    made.microseconds = microseconds;
    return made;
}

TEST(request_metrics, keeps_combinations_apart) {
    request_metrics metrics;
    metrics.answered(record("site", 200));
    metrics.answered(record("site", 200));
    metrics.answered(record("site", 404));
    metrics.answered(record("GET /health", 200));
    const auto sums = metrics.sums();
    ASSERT_EQ(sums.size(), 3);
    std::uint64_t of_site = 0;
    for (const auto& sum : sums) {
        if (sum.route == "site" && sum.status == 200) {
            of_site = sum.count;
            EXPECT_EQ(sum.bytes_sent, 200);
            EXPECT_EQ(sum.microseconds, 20);
        }
    }
    EXPECT_EQ(of_site, 2);
}

TEST(request_metrics, sorts_durations_into_buckets) {
    request_metrics metrics;
    for (const auto bound : duration_bounds_us)
        metrics.answered(record("x", 200, bound));
    metrics.answered(record("x", 200, duration_bounds_us.back() + 1));
    const auto sums = metrics.sums();
    for (const auto in_bucket : sums.front().by_duration)
        EXPECT_EQ(in_bucket, 1);
}

TEST(request_metrics, loses_nothing_between_threads) {
    constexpr int per_thread = 5'000;
    constexpr std::size_t thread_count = request_metrics::shards + 4;
    request_metrics metrics;
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < thread_count; ++i) {
            threads.emplace_back([&metrics] {
                for (int n = 0; n < per_thread; ++n)
                    metrics.answered(record("x", 200 + n % 5));
            });
        }
    }
    std::uint64_t count = 0;
    for (const auto& sum : metrics.sums())
        count += sum.count;
    EXPECT_EQ(metrics.sums().size(), 5);
    EXPECT_EQ(count, per_thread * thread_count);
}

TEST(request_metrics, does_not_grow_without_end) {
    request_metrics metrics;
    for (unsigned i = 0; i < request_metrics::series_max + 10; ++i) {
        metrics.answered(record("route " + std::to_string(i), 200));
    }
    const auto sums = metrics.sums();
    EXPECT_EQ(sums.size(), request_metrics::series_max + 1);
    std::uint64_t others = 0;
    for (const auto& sum : sums) {
        if (sum.route == "other") others = sum.count;
    }
    EXPECT_EQ(others, 10);
}

}  // namespace
}  // namespace palabre::metrics
