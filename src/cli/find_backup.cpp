// SPDX-License-Identifier: Apache-2.0
#include "cli/find_backup.hpp"

#include "blob/s3/s3_place.hpp"
#include "home/cloud/cloud.hpp"
#include "ports/blob_name.hpp"
#include "service/list_backups.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <stdexcept>
#include <utility>

namespace palabre::cli {
namespace {

namespace fs = std::filesystem;

std::unique_ptr<machine::backup_place> open_place(const std::string& where) {
    return std::make_unique<machine::backup_place>(where, home::variables_of_process());
}

std::string newest_good_in(machine::backup_place& place) {
    const auto all = list_backups(place.store());
    const auto newest = std::ranges::find_if(all, &listed_backup::is_good);
    if (newest != all.end()) return newest->name;
    throw std::runtime_error(fmt::format("{} holds no good backup.", place.name()));
}

// Its place and its name.
std::pair<std::string, std::string> split_path(std::string path) {
    if (!blob::is_s3_url(path)) path = fs::absolute(path).lexically_normal().string();
    while (path.ends_with('/'))
        path.pop_back();
    const auto slash = path.rfind('/');
    if (slash == std::string::npos) return {"/", path};
    return {path.substr(0, std::max(slash, std::size_t{1})), path.substr(slash + 1)};
}

bool holds(machine::backup_place& place, const std::string& name) {
    return is_blob_name(name) && !place.store().list(name + "/").empty();
}

}  // namespace

std::string place_for(const backup_request& asked, const chosen_settings& chosen) {
    if (auto place = machine::backup_place_of(asked.folder, chosen.settings))
        return *std::move(place);
    throw std::runtime_error(
        "there is no place for backups: name one by --folder DIR, or by folder in [backup]."
    );
}

found_backup find_backup(const backup_request& asked, const chosen_settings& chosen) {
    found_backup found;
    if (asked.name.find('/') != asked.name.npos) {
        auto [place, name] = split_path(asked.name);
        found = {open_place(place), std::move(name)};
    } else {
        found.place = open_place(place_for(asked, chosen));
        found.name = asked.name == "latest" ? newest_good_in(*found.place) : asked.name;
    }
    if (!holds(*found.place, found.name)) {
        throw std::runtime_error(fmt::format(
            "there is no backup {} in {}; `palabre backup list` shows those that are.",
            found.name,
            found.place->name()
        ));
    }
    return found;
}

}  // namespace palabre::cli
