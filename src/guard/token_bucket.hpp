// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>

namespace palabre::guard {

using time_point = std::chrono::steady_clock::time_point;
using std::chrono::nanoseconds;

// So many tokens come back in each period, evenly, and at most `burst` can be saved up.
class quota {
public:
    // No limit.
    quota() = default;

    // 0 tokens: no limit. Throws std::invalid_argument when the burst is 0, or when tokens come
    // back faster than one in a nanosecond or take longer than a century to save up.
    quota(std::uint32_t tokens, std::chrono::seconds period, std::uint32_t burst);

    [[nodiscard]] bool limits() const noexcept { return spacing_.count() > 0; }
    [[nodiscard]] std::uint32_t burst() const noexcept { return burst_; }
    // Between two tokens, rounded down.
    [[nodiscard]] nanoseconds spacing() const noexcept { return spacing_; }
    // For an empty bucket to be full again.
    [[nodiscard]] nanoseconds window() const noexcept { return spacing_ * burst_; }

private:
    nanoseconds spacing_{0};
    std::uint32_t burst_ = 0;
};

// A bucket of tokens as one number: the instant at which it will be full again (the "theoretical
// arrival time" of the generic cell rate algorithm, ITU-T I.371). It starts full. Time is given by
// the caller, and may stand still or go back a little: nothing is given twice. The quota is given
// too, so that a bucket costs eight bytes; it must be one that limits.
class token_bucket {
public:
    // Whole tokens that could be taken now.
    [[nodiscard]] std::uint32_t remaining(const quota& by, time_point now) const noexcept;

    // How long until `tokens` (at most the burst) can be taken. Zero: now.
    [[nodiscard]] nanoseconds wait_for(std::uint32_t tokens, const quota& by, time_point now)
        const noexcept;

    // How long until it is full.
    [[nodiscard]] nanoseconds full_in(time_point now) const noexcept {
        return full(now) ? nanoseconds(0) : full_at_ - now;
    }
    [[nodiscard]] bool full(time_point now) const noexcept { return full_at_ <= now; }
    [[nodiscard]] time_point full_at() const noexcept { return full_at_; }

    // Takes them all, or nothing and says false.
    [[nodiscard]] bool take(std::uint32_t tokens, const quota& by, time_point now) noexcept;

    // Takes a token that is not there: until it has come back, there are none to take. At most as
    // many can be owed as can be saved up.
    void owe(const quota& by, time_point now) noexcept;
    // Whether that many are owed.
    [[nodiscard]] bool owes_all(const quota& by, time_point now) const noexcept {
        return full_in(now) + by.spacing() > 2 * by.window();
    }

private:
    time_point full_at_ = time_point::min();
};

}  // namespace palabre::guard
