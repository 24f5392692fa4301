// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/timestamp.hpp"

#include <chrono>
#include <optional>
#include <span>

namespace palabre {

// A backup that failed is tried again after so long, or after `every` if that is shorter.
inline constexpr std::chrono::minutes backup_retry_after{15};

struct backup_history {
    std::optional<timestamp> last_good;     // by when it began
    std::optional<timestamp> last_failure;  // of this process, since last_good
};

// When the next backup is due; not after `now` means at once. So a run that was missed while the
// machine was off is made up for as soon as it is on. Times after `now` were written by a clock
// that went wrong, and do not count: otherwise there would be no backup until then.
[[nodiscard]] timestamp next_backup_at(
    const backup_history& history, std::chrono::hours every, timestamp now
);

// The latest of `times` that is not after `now`.
[[nodiscard]] std::optional<timestamp> latest_until(
    timestamp now, std::span<const timestamp> times
);

}  // namespace palabre
