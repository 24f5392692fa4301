// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/finding.hpp"

#include <filesystem>
#include <vector>

namespace palabre::doctor {

// Who may read what the data folder holds and `private_key`, which may be empty: the server's user
// and nobody else. Of the key its group may, as in /etc/ssl/private. Files that are not there are
// nobody's trouble.
[[nodiscard]] std::vector<finding> look_at_permissions(
    const std::filesystem::path& data_folder, const std::filesystem::path& private_key
);

}  // namespace palabre::doctor
