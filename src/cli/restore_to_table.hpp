// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/backup_commands.hpp"
#include "cli/find_backup.hpp"

namespace palabre::cli {

// `palabre restore … --to dynamodb:TABLE`: fills an empty table of DynamoDB. Throws
// std::runtime_error with a sentence; what was written by then stays in the table.
[[nodiscard]] exit_code restore_to_table(const backup_request& asked, const found_backup& found);

}  // namespace palabre::cli
