// SPDX-License-Identifier: Apache-2.0
#include "guard/token_bucket.hpp"

#include <algorithm>
#include <cassert>
#include <stdexcept>

namespace palabre::guard {
namespace {

// Sums of instants must not overflow; steady clocks count from the start of the machine.
constexpr nanoseconds window_max = std::chrono::years(100);

}  // namespace

quota::quota(std::uint32_t tokens, std::chrono::seconds period, std::uint32_t burst) {
    if (tokens == 0) return;
    if (burst == 0) throw std::invalid_argument("a quota without a burst would refuse everything");
    if (period <= std::chrono::seconds(0) || period > window_max) {
        throw std::invalid_argument("a quota's period must be from a second to a century");
    }
    spacing_ = nanoseconds(period) / tokens;
    burst_ = burst;
    if (spacing_.count() == 0)
        throw std::invalid_argument("a quota of more tokens than can be told apart");
    if (spacing_ > window_max / burst) throw std::invalid_argument("a quota that takes a century");
}

std::uint32_t token_bucket::remaining(const quota& by, time_point now) const noexcept {
    const nanoseconds left = by.window() - full_in(now);
    return left.count() <= 0 ? 0 : static_cast<std::uint32_t>(left / by.spacing());
}

nanoseconds token_bucket::wait_for(std::uint32_t tokens, const quota& by, time_point now)
    const noexcept {
    assert(by.limits() && tokens <= by.burst());
    return std::max(nanoseconds(0), full_in(now) + by.spacing() * tokens - by.window());
}

void token_bucket::owe(const quota& by, time_point now) noexcept {
    full_at_ = std::min(std::max(full_at_, now) + by.spacing(), now + 2 * by.window());
}

bool token_bucket::take(std::uint32_t tokens, const quota& by, time_point now) noexcept {
    if (wait_for(tokens, by, now).count() > 0) return false;
    full_at_ = std::max(full_at_, now) + by.spacing() * tokens;
    return true;
}

}  // namespace palabre::guard
