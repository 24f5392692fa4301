// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/backup_commands.hpp"
#include "home/machine/backup_place.hpp"

#include <memory>
#include <string>

namespace palabre::cli {

// The place to work in: a folder, or s3://bucket/prefix. Throws std::runtime_error when none was
// named.
[[nodiscard]] std::string place_for(const backup_request& asked, const chosen_settings& chosen);

struct found_backup {
    std::unique_ptr<machine::backup_place> place;
    std::string name;
};

// The backup that a person named: "latest" is the newest good one, a text with a slash is the path
// or the URL of one. Throws std::runtime_error when there is no such.
[[nodiscard]] found_backup find_backup(const backup_request& asked, const chosen_settings& chosen);

}  // namespace palabre::cli
