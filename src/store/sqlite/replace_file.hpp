// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace palabre::store {

// Puts the database `made` (one file, as record_writer leaves it) in the place of `living`, in one
// step: whoever looks, also after a loss of power, finds the one or the other, whole. What stood
// there is kept in the folder `kept`, which must exist on the same file system, under its own
// names. There may be nothing at `living`. The caller holds take_folder_of(living).
//
// Throws store_error, or std::system_error; then `living` is what it was.
void replace_database(
    const std::filesystem::path& made,
    const std::filesystem::path& living,
    const std::filesystem::path& kept
);

}  // namespace palabre::store
