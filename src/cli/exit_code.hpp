// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace palabre::cli {

// What the program tells the shell.
enum class exit_code {
    fine = 0,
    failed = 1,   // the world: a disk, a port, a broken export
    misused = 2,  // the command line or the settings
};

}  // namespace palabre::cli
