// SPDX-License-Identifier: Apache-2.0
#include "cli/find_backup.hpp"

#include "ports/blob_name.hpp"
#include "service/list_backups.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace palabre::cli {
namespace {

namespace fs = std::filesystem;

std::string newest_good_in(const fs::path& folder) {
    machine::backup_place place(folder);
    const auto all = list_backups(place.store());
    const auto newest = std::ranges::find_if(all, &listed_backup::is_good);
    if (newest != all.end()) return newest->name;
    throw std::runtime_error(fmt::format("{} holds no good backup.", folder.string()));
}

}  // namespace

fs::path folder_for(const backup_request& asked, const chosen_settings& chosen) {
    if (auto folder = machine::backup_folder_of(asked.folder, chosen.settings))
        return *std::move(folder);
    throw std::runtime_error(
        "there is no folder for backups: name one by --folder DIR, or by folder in [backup]."
    );
}

found_backup find_backup(const backup_request& asked, const chosen_settings& chosen) {
    found_backup found;
    if (asked.name.find('/') != asked.name.npos) {
        auto path = fs::absolute(asked.name).lexically_normal();
        if (!path.has_filename()) path = path.parent_path();
        found = {path.parent_path(), path.filename().string()};
    } else {
        found.folder = folder_for(asked, chosen);
        found.name = asked.name == "latest" ? newest_good_in(found.folder) : asked.name;
    }
    if (!is_blob_name(found.name) || !fs::is_directory(found.folder / found.name)) {
        throw std::runtime_error(fmt::format(
            "there is no backup {} in {}; `palabre backup list` shows those that are.",
            found.name,
            found.folder.string()
        ));
    }
    return found;
}

}  // namespace palabre::cli
