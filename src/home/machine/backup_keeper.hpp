// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "home/machine/backup_place.hpp"
#include "ports/clock.hpp"
#include "ports/record_source.hpp"
#include "service/backup_schedule.hpp"

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <thread>

namespace palabre::machine {

// Makes the scheduled backups, on a thread of its own, and tells standard error of each. A backup
// under way is given up when this goes.
class backup_keeper {
public:
    // All outlive this. Asks for chosen.backup.folder to be set. Throws std::runtime_error with a
    // sentence when that is in S3 and the AWS variables do not say how to get there.
    backup_keeper(const config::settings& chosen, record_source& records, const clock& wall);

    // When the last good backup began, in seconds since 1970; 0 when there is none.
    [[nodiscard]] double last_success_s() const noexcept;
    [[nodiscard]] std::uint64_t failures() const noexcept { return failures_; }

private:
    void run(const std::stop_token& stop);
    void look_at_folder();
    void try_backup(const std::stop_token& stop);
    void put_off();
    void prune();
    void fail(const char* reason);

    const config::settings& chosen_;
    record_source& records_;
    const clock& wall_;
    backup_place place_;
    backup_history history_;  // of the thread alone
    std::atomic<std::int64_t> last_success_ms_{0};
    std::atomic<std::uint64_t> failures_{0};
    std::mutex mutex_;
    std::condition_variable_any stopping_;
    std::jthread thread_;  // last: it uses all of the above
};

// Null when the settings want no backups.
[[nodiscard]] std::unique_ptr<backup_keeper> keep_backups(
    const config::settings& chosen, record_source& records, const clock& wall
);

}  // namespace palabre::machine
