// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ports/request_log.hpp"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace palabre::metrics {

// Upper bounds of the histogram of durations. A page from memory takes tens of microseconds, a
// post an fsync of milliseconds; what is slower than the last is counted above all of them.
inline constexpr std::array<std::uint64_t, 16> duration_bounds_us{
    50,
    100,
    250,
    500,
    1'000,
    2'500,
    5'000,
    10'000,
    25'000,
    50'000,
    100'000,
    250'000,
    500'000,
    1'000'000,
    2'500'000,
    10'000'000
};

// Requests that share method, route and status.
struct request_sums {
    std::string method;
    std::string route;
    unsigned status = 0;
    std::uint64_t count = 0;
    std::uint64_t bytes_sent = 0;
    std::uint64_t microseconds = 0;
    // How many were at most so slow, for each bound alone; then those above all bounds.
    std::array<std::uint64_t, duration_bounds_us.size() + 1> by_duration{};
};

// Counts every answered request. Counting takes one look into a flat table and a few relaxed
// additions: no lock, no allocation, no text built. Threads count in tables of their own, up to
// `shards`, so that they do not fight over a cache line.
class request_metrics final : public request_log {
public:
    static constexpr std::size_t shards = 16;

    // Combinations of method, route and status that are told apart. Ours are some forty; beyond,
    // requests are counted under "other", so that no client can make this grow.
    static constexpr std::size_t series_max = 128;

    request_metrics();
    ~request_metrics() override;

    void answered(const request_record& record) noexcept override;

    // Everything so far, in no order. Numbers of requests in flight may be counted in part.
    [[nodiscard]] std::vector<request_sums> sums() const;

private:
    struct series;
    // Open addressing with linear steps; an entry is written once, by whoever holds the mutex.
    struct table {
        std::array<std::atomic<series*>, series_max * 2> slots{};
    };

    series* find_or_add(table& in, const request_record& record);
    series* add(table& in, const request_record& record, std::size_t slot);

    std::array<table, shards> tables_;
    mutable std::mutex adding_;
    std::vector<std::unique_ptr<series>> all_;  // guarded by adding_
    std::array<std::size_t, shards> sizes_{};   // guarded by adding_
    std::array<series*, shards> others_{};      // made at start
};

}  // namespace palabre::metrics
