// SPDX-License-Identifier: Apache-2.0
#include "home/machine/make_backup.hpp"

#include "config/load.hpp"
#include "site/tree.hpp"
#include "util/version.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace palabre::machine {
namespace {

bool is_inside(const std::filesystem::path& folder, const std::filesystem::path& file) {
    const auto difference = std::mismatch(folder.begin(), folder.end(), file.begin(), file.end());
    return difference.first == folder.end();
}

// What the site shows: the backup of a folder that holds more does not hold more.
std::vector<site_file> files_of_site(
    const std::filesystem::path& folder, const backup_place& backups
) try {
    const auto site = std::filesystem::absolute(folder).lexically_normal();
    if (const auto& kept = backups.folder(); kept && is_inside(site, *kept)) {
        throw std::runtime_error("backups cannot stand in it, for everybody to read");
    }
    std::vector<site_file> files;
    for (auto& each : site::list_tree(folder).files) {
        files.push_back({each.path.substr(1), std::move(each.file)});
    }
    return files;
} catch (const std::exception& error) {
    throw std::runtime_error(fmt::format(
        "the folder of the site, {}: {}. To leave the site out, set site = false in [backup]",
        folder.string(),
        error.what()
    ));
}

std::string count_text(std::uint64_t count, std::string_view what) {
    return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

}  // namespace

made_backup make_backup(
    const config::settings& chosen,
    record_source& records,
    backup_place& place,
    const clock& wall,
    const std::stop_token& stop
) {
    backup_content content{records, config::to_toml(chosen), {}, "palabre " + version()};
    if (chosen.backup.site && !chosen.site.folder.empty()) {
        content.site = files_of_site(chosen.resolve(chosen.site.folder), place);
    }
    return back_up(content, place.store(), wall, stop);
}

std::string summary_of(const archive::manifest& of) {
    const auto site = of.site ? count_text(of.site->count, "file") + " of the site"
                              : std::string("without the site");
    return fmt::format(
        "{}, {}, {}", count_text(of.comments.count, "comment"), site, size_text(of.bytes())
    );
}

}  // namespace palabre::machine
