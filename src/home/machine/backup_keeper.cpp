// SPDX-License-Identifier: Apache-2.0
#include "home/machine/backup_keeper.hpp"

#include "home/cloud/cloud.hpp"
#include "home/machine/make_backup.hpp"
#include "service/list_backups.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <vector>

namespace palabre::machine {
namespace {

// The wall clock may be set, and machines sleep: so it is asked again at least this often.
constexpr std::chrono::milliseconds look_every{60'000};

}  // namespace

backup_keeper::backup_keeper(
    const config::settings& chosen, record_source& records, const clock& wall
)
    : chosen_(chosen),
      records_(records),
      wall_(wall),
      place_(backup_place_of("", chosen).value_or(std::string()), home::variables_of_process()),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

double backup_keeper::last_success_s() const noexcept {
    return static_cast<double>(last_success_ms_.load()) / 1000;
}

void backup_keeper::run(const std::stop_token& stop) {
    const std::chrono::hours every(chosen_.backup.every_hours);
    while (!stop.stop_requested()) {
        look_at_folder();
        const auto now = wall_.now();
        const std::chrono::milliseconds wait(next_backup_at(history_, every, now).ms - now.ms);
        if (wait.count() <= 0) {
            try_backup(stop);
            continue;
        }
        std::unique_lock lock(mutex_);
        stopping_.wait_for(lock, stop, std::min(wait, look_every), [] { return false; });
    }
}

// Somebody may have made one by hand, or taken some away.
void backup_keeper::look_at_folder() {
    try {
        std::vector<timestamp> good;
        for (const auto& each : list_backups(place_.store())) {
            if (each.is_good()) good.push_back(each.at);
        }
        history_.last_good = latest_until(wall_.now(), good);
        last_success_ms_ = history_.last_good.value_or(timestamp{}).ms;
    } catch (const std::exception&) {
        // What it was stays; the backup that is due says what is wrong with the folder.
    }
}

void backup_keeper::try_backup(const std::stop_token& stop) {
    try {
        const auto lock = place_.try_lock();
        if (!lock) return put_off();
        const auto began = std::chrono::steady_clock::now();
        const auto made = make_backup(chosen_, records_, place_, wall_, stop);
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
        history_ = {made.of.made_at, std::nullopt};
        last_success_ms_ = made.of.made_at.ms;
        fmt::print(
            stderr,
            "palabre: backup {} was made in {:.1f} s: {}.\n",
            made.name,
            took.count(),
            summary_of(made.of)
        );
        prune();
    } catch (const backup_stopped&) {
        fmt::print(stderr, "palabre: the backup under way is given up; the next start makes it.\n");
    } catch (const std::exception& error) {
        fail(error.what());
    }
}

// Somebody makes one by hand. When that is done, look_at_folder finds it.
void backup_keeper::put_off() {
    history_.last_failure = wall_.now();
    fmt::print(stderr, "palabre: another process makes a backup now; this one is put off.\n");
}

void backup_keeper::prune() try {
    for (const auto& name : prune_backups(place_.store(), retention_of(chosen_))) {
        fmt::print(stderr, "palabre: backup {} was removed: newer ones stand for it.\n", name);
    }
} catch (const std::exception& error) {
    // The newest may be the one that is damaged, so somebody should know.
    ++failures_;
    fmt::print(stderr, "palabre: no older backup was removed: {}.\n", error.what());
}

void backup_keeper::fail(const char* reason) {
    history_.last_failure = wall_.now();
    ++failures_;
    fmt::print(stderr, "palabre: the backup to {} failed: {}.\n", place_.name(), reason);
}

std::unique_ptr<backup_keeper> keep_backups(
    const config::settings& chosen, record_source& records, const clock& wall
) {
    if (chosen.backup.folder.empty()) return nullptr;
    return std::make_unique<backup_keeper>(chosen, records, wall);
}

}  // namespace palabre::machine
