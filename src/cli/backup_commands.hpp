// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/exit_code.hpp"
#include "cli/read_settings.hpp"

#include <string>

namespace palabre::cli {

struct backup_request {
    std::string folder;  // or s3://bucket/prefix; empty: that of [backup]
    std::string name;    // of a backup, "latest", or the path or URL of one
    bool only_say = false;
    bool with_site = false;
    std::string to;  // "dynamodb:TABLE"; empty: the database of this machine
};

// `palabre backup …` and `palabre restore`. Results go to standard output, complaints to standard
// error. Throw std::exception with a sentence when they fail.
[[nodiscard]] exit_code make_a_backup(const backup_request& asked, const chosen_settings& chosen);
[[nodiscard]] exit_code list_the_backups(
    const backup_request& asked, const chosen_settings& chosen
);
[[nodiscard]] exit_code verify_a_backup(const backup_request& asked, const chosen_settings& chosen);
[[nodiscard]] exit_code prune_the_backups(
    const backup_request& asked, const chosen_settings& chosen
);
[[nodiscard]] exit_code restore_a_backup(
    const backup_request& asked, const chosen_settings& chosen
);

}  // namespace palabre::cli
