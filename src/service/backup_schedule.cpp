// SPDX-License-Identifier: Apache-2.0
#include "service/backup_schedule.hpp"

#include <algorithm>

namespace palabre {
namespace {

timestamp after(timestamp at, std::chrono::milliseconds wait) {
    return {at.ms + wait.count()};
}

}  // namespace

timestamp next_backup_at(const backup_history& history, std::chrono::hours every, timestamp now) {
    timestamp due = now;
    if (history.last_good && *history.last_good <= now) due = after(*history.last_good, every);
    if (history.last_failure && *history.last_failure <= now) {
        const std::chrono::minutes wait = std::min<std::chrono::minutes>(every, backup_retry_after);
        due = std::max(due, after(*history.last_failure, wait));
    }
    return due;
}

std::optional<timestamp> latest_until(timestamp now, std::span<const timestamp> times) {
    std::optional<timestamp> latest;
    for (const auto at : times) {
        if (at <= now && (!latest || at > *latest)) latest = at;
    }
    return latest;
}

}  // namespace palabre
