// SPDX-License-Identifier: Apache-2.0
#include "home/function/invocation_time.hpp"

#include <algorithm>

namespace palabre::function {

using std::chrono::duration_cast;
using std::chrono::milliseconds;

void invocation_time::begin(
    const lambda::invocation& asked, timestamp wall_now, clock::time_point now
) {
    is_known_ = asked.deadline_ms.has_value();
    milliseconds left = unknown;
    if (asked.deadline_ms) {
        // Clamped before the subtraction: what a header holds may be any number.
        const std::int64_t end = std::clamp(*asked.deadline_ms, timestamp_min.ms, timestamp_max.ms);
        left = std::clamp(milliseconds(end - wall_now.ms), -longest, longest);
    }
    end_ = (now + left).time_since_epoch().count();
}

invocation_time::clock::time_point invocation_time::deadline() const noexcept {
    return clock::time_point(clock::duration(end_)) - reserve;
}

bool invocation_time::is_too_short(clock::time_point now) const noexcept {
    return deadline() - now < least;
}

std::optional<std::int64_t> invocation_time::remaining_ms(clock::time_point now) const noexcept {
    if (!is_known_) return std::nullopt;
    return duration_cast<milliseconds>(deadline() + reserve - now).count();
}

}  // namespace palabre::function
