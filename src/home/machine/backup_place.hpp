// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "blob/folder/folder_store.hpp"
#include "config/settings.hpp"
#include "service/prune_backups.hpp"
#include "util/file_lock.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace palabre::machine {

// A folder of backups.
class backup_place {
public:
    explicit backup_place(const std::filesystem::path& folder);

    [[nodiscard]] blob::folder_store& store() noexcept { return store_; }
    [[nodiscard]] const std::filesystem::path& folder() const noexcept { return folder_; }

    // Whoever makes or removes backups holds this; empty when another process does. Makes the
    // folder. Throws std::system_error.
    [[nodiscard]] std::optional<util::file_lock> try_lock() const;

private:
    const std::filesystem::path folder_;
    blob::folder_store store_;
};

// The folder asked for on the command line, or that of the settings; none when there is neither.
[[nodiscard]] std::optional<std::filesystem::path> backup_folder_of(
    const std::string& asked_for, const config::settings& chosen
);

[[nodiscard]] retention retention_of(const config::settings& chosen);

// "1.5 MB".
[[nodiscard]] std::string size_text(std::uint64_t bytes);

}  // namespace palabre::machine
