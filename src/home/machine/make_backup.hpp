// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "home/machine/backup_place.hpp"
#include "ports/clock.hpp"
#include "ports/record_source.hpp"
#include "service/back_up.hpp"

#include <stop_token>
#include <string>

namespace palabre::machine {

// Makes a backup as the settings have it. The caller holds the lock of the place. Throws
// std::exception with a clause for the owner, and backup_stopped.
[[nodiscard]] made_backup make_backup(
    const config::settings& chosen,
    record_source& records,
    backup_place& place,
    const clock& wall,
    const std::stop_token& stop
);

// "120 comments, 14 files of the site, 1.2 MB".
[[nodiscard]] std::string summary_of(const archive::manifest& of);

}  // namespace palabre::machine
