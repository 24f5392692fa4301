// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "util/file_lock.hpp"

#include <filesystem>

namespace palabre::store {

// Makes the folder of a database file if there is none, for the owner alone. One that exists is
// left as it is. Throws std::filesystem::filesystem_error.
void make_folder_of(const std::filesystem::path& file);

// Whoever has a database open shares its folder; whoever puts another file in its place must have
// the folder alone. Several servers, imports and commands may share it. Both make the folder, and
// throw store_error with its path and what to do.
[[nodiscard]] util::file_lock share_folder_of(const std::filesystem::path& file);
[[nodiscard]] util::file_lock take_folder_of(const std::filesystem::path& file);

}  // namespace palabre::store
