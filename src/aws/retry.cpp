// SPDX-License-Identifier: Apache-2.0
#include "aws/retry.hpp"

#include <algorithm>
#include <array>

namespace palabre::aws {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds throttled_base{1'000};
constexpr milliseconds pause_max{20'000};
constexpr milliseconds above_hint_max{5'000};  // what the service wishes is not made shorter

// A try that begins with less than this left would be cut off before any answer.
constexpr milliseconds attempt_min{100};

constexpr std::array<std::string_view, 14> throttling_codes{
    "BandwidthLimitExceeded",
    "EC2ThrottledException",
    "LimitExceededException",
    "PriorRequestNotComplete",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "RequestThrottled",
    "RequestThrottledException",
    "SlowDown",
    "ThrottledException",
    "Throttling",
    "ThrottlingException",
    "TooManyRequestsException",
    "TransactionInProgressException",
};

constexpr std::array<std::string_view, 5> passing_codes{
    "InternalServerError",
    "ItemCollectionTransactionConflict",
    "ReplicatedWriteConflictException",
    "RequestTimeout",
    "RequestTimeoutException",
};

bool is_among(const auto& codes, std::string_view code) {
    return std::ranges::find(codes, code) != codes.end();
}

}  // namespace

outcome judge(unsigned status, std::string_view code) noexcept {
    if (status >= 200 && status < 300) return outcome::fine;
    if (is_among(throttling_codes, code) || status == 429) return outcome::throttled;
    if (is_among(passing_codes, code)) return outcome::passing;
    const bool stumbled =
        status == 0 || status == 500 || status == 502 || status == 503 || status == 504;
    return stumbled ? outcome::passing : outcome::lasting;
}

std::string_view error_code_of(std::string_view type) noexcept {
    type = type.substr(0, type.find(':'));
    const std::size_t hash = type.rfind('#');
    return hash == std::string_view::npos ? type : type.substr(hash + 1);
}

std::optional<int> retry_budget::take(outcome why) {
    const int cost = why == outcome::throttled ? throttled_cost : passing_cost;
    const std::scoped_lock lock(mutex_);
    if (left_ < cost) return std::nullopt;
    left_ -= cost;
    return cost;
}

void retry_budget::refund(int paid) {
    const std::scoped_lock lock(mutex_);
    left_ = std::min(full, left_ + (paid > 0 ? paid : untroubled_refund));
}

retry_plan::retry_plan(const retry_rules& rules, retry_budget& budget, clock::time_point deadline)
    : rules_(rules), budget_(budget), deadline_(deadline) {}

std::optional<milliseconds> retry_plan::pause_after(
    outcome how, std::optional<milliseconds> hint, double chance, clock::time_point now
) {
    if (how != outcome::passing && how != outcome::throttled) return std::nullopt;
    if (attempts_ == rules_.attempts_max) return std::nullopt;
    const milliseconds wait = pause(how, hint, chance);
    if (now + wait + attempt_min > deadline_) return std::nullopt;
    const std::optional<int> cost = budget_.take(how);
    if (!cost) return std::nullopt;
    paid_ = *cost;
    ++attempts_;
    return wait;
}

milliseconds retry_plan::pause(outcome how, std::optional<milliseconds> hint, double chance) const {
    const milliseconds base = how == outcome::throttled ? throttled_base : rules_.pause_base;
    const milliseconds longest = std::min(base * (1U << (attempts_ - 1)), pause_max);
    const milliseconds drawn{
        static_cast<milliseconds::rep>(chance * static_cast<double>(longest.count()))
    };
    return hint ? std::clamp(*hint, drawn, drawn + above_hint_max) : drawn;
}

void retry_plan::succeeded() {
    budget_.refund(paid_);
}

}  // namespace palabre::aws
