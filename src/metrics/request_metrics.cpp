// SPDX-License-Identifier: Apache-2.0
#include "metrics/request_metrics.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <new>
#include <tuple>

namespace palabre::metrics {
namespace {

std::size_t shard_of_this_thread() {
    static std::atomic<std::size_t> threads{0};
    thread_local const std::size_t shard = threads++ % request_metrics::shards;
    return shard;
}

std::size_t hash_of(const request_record& record) {
    const std::hash<std::string_view> hash;
    return hash(record.route) * 31 + hash(record.method) * 7 + record.status;
}

std::size_t bucket_of(std::uint64_t microseconds) {
    const auto* const bound = std::ranges::lower_bound(duration_bounds_us, microseconds);
    return static_cast<std::size_t>(bound - duration_bounds_us.begin());
}

}  // namespace

// What never changes, and what is added to.
struct request_metrics::series {
    series(std::string_view of_method, std::string_view of_route, unsigned of_status)
        : method(of_method), route(of_route), status(of_status) {}

    const std::string method;
    const std::string route;
    const unsigned status;
    std::atomic<std::uint64_t> count{0};
    std::atomic<std::uint64_t> bytes_sent{0};
    std::atomic<std::uint64_t> microseconds{0};
    std::array<std::atomic<std::uint64_t>, duration_bounds_us.size() + 1> by_duration{};

    [[nodiscard]] bool is_of(const request_record& record) const noexcept {
        return status == record.status && route == record.route && method == record.method;
    }
};

request_metrics::request_metrics() {
    for (auto& other : others_) {
        all_.push_back(std::make_unique<series>("other", "other", 0U));
        other = all_.back().get();
    }
}

request_metrics::~request_metrics() = default;

void request_metrics::answered(const request_record& record) noexcept {
    const auto shard = shard_of_this_thread();
    series* into = others_[shard];
    try {
        into = find_or_add(tables_[shard], record);
    } catch (const std::bad_alloc&) {
        // Better counted under a vague name than not at all.
    }
    constexpr auto relaxed = std::memory_order_relaxed;
    into->count.fetch_add(1, relaxed);
    into->bytes_sent.fetch_add(record.bytes_sent, relaxed);
    into->microseconds.fetch_add(record.microseconds, relaxed);
    into->by_duration[bucket_of(record.microseconds)].fetch_add(1, relaxed);
}

request_metrics::series* request_metrics::find_or_add(table& in, const request_record& record) {
    // At most half of the slots are ever taken, so an empty one ends every search.
    for (auto slot = hash_of(record);; ++slot) {
        auto* const found = in.slots[slot % in.slots.size()].load(std::memory_order_acquire);
        if (!found) return add(in, record, slot);
        if (found->is_of(record)) return found;
    }
}

request_metrics::series* request_metrics::add(
    table& in, const request_record& record, std::size_t slot
) {
    const std::lock_guard lock(adding_);
    const auto shard = static_cast<std::size_t>(&in - tables_.data());
    // Another thread of this shard may have come first.
    for (;; ++slot) {
        auto* const found = in.slots[slot % in.slots.size()].load(std::memory_order_acquire);
        if (!found) break;
        if (found->is_of(record)) return found;
    }
    if (sizes_[shard] == series_max) return others_[shard];
    all_.push_back(std::make_unique<series>(record.method, record.route, record.status));
    ++sizes_[shard];
    in.slots[slot % in.slots.size()].store(all_.back().get(), std::memory_order_release);
    return all_.back().get();
}

std::vector<request_sums> request_metrics::sums() const {
    using key = std::tuple<std::string_view, std::string_view, unsigned>;
    std::map<key, request_sums> merged;
    const std::lock_guard lock(adding_);
    for (const auto& one : all_) {
        if (one->count == 0) continue;
        auto& sum = merged[{one->method, one->route, one->status}];
        sum.method = one->method;
        sum.route = one->route;
        sum.status = one->status;
        sum.count += one->count;
        sum.bytes_sent += one->bytes_sent;
        sum.microseconds += one->microseconds;
        for (std::size_t i = 0; i < sum.by_duration.size(); ++i) {
            sum.by_duration[i] += one->by_duration[i];
        }
    }
    std::vector<request_sums> all;
    all.reserve(merged.size());
    for (auto& [name, sum] : merged)
        all.push_back(std::move(sum));
    return all;
}

}  // namespace palabre::metrics
