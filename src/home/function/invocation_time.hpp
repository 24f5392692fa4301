// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/timestamp.hpp"
#include "runtime/lambda/runtime_api.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>

namespace palabre::function {

// The time that an invocation has. Lambda says when it ends by the wall clock; everything that
// waits goes by the steady one, and so the end is converted once, when the invocation begins.
class invocation_time {
public:
    using clock = std::chrono::steady_clock;

    // Kept back from whatever waits for others, so that we can still say that it took too long: to
    // write an answer of 6 MB and have it taken needs a good part of it at 128 MB of memory.
    static constexpr std::chrono::milliseconds reserve{300};

    // What begins with less, after the reserve, is answered at once: DynamoDB on a fresh connection
    // needs most of it.
    static constexpr std::chrono::milliseconds least{100};

    // When Lambda does not say. API Gateway waits for 29 s.
    static constexpr std::chrono::milliseconds unknown{10'000};

    // Nothing that Lambda runs lasts longer; a clock that was set back must not make it so.
    static constexpr std::chrono::milliseconds longest{15 * 60 * 1000};

    void begin(const lambda::invocation& asked, timestamp wall_now, clock::time_point now);

    // Until when others may be waited for.
    [[nodiscard]] clock::time_point deadline() const noexcept;

    // Whether there is too little of it to begin anything.
    [[nodiscard]] bool is_too_short(clock::time_point now) const noexcept;

    // Until Lambda ends the process; none when it did not say. May be negative.
    [[nodiscard]] std::optional<std::int64_t> remaining_ms(clock::time_point now) const noexcept;

private:
    // Atomic, since the store may be asked from any thread.
    std::atomic<clock::rep> end_{0};
    bool is_known_ = false;
};

}  // namespace palabre::function
