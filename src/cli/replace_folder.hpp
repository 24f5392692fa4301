// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace palabre::cli {

// Puts the folder `made` in the place of `living`, in one step where the file system can exchange
// names, and keeps what stood there as `kept`, where nothing may be. All stand in one folder.
// Durable on return. Throws std::system_error.
void replace_folder(
    const std::filesystem::path& made,
    const std::filesystem::path& living,
    const std::filesystem::path& kept
);

}  // namespace palabre::cli
