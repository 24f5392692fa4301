// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "archive/manifest.hpp"
#include "ports/blob_store.hpp"
#include "ports/clock.hpp"
#include "ports/record_source.hpp"

#include <filesystem>
#include <optional>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <vector>

namespace palabre {

struct site_file {
    std::string path;  // below the site, without a slash in front: "notes/index.html"
    std::filesystem::path file;
};

// What goes into a backup.
struct backup_content {
    record_source& records;
    std::string settings;                        // as TOML, without secrets
    std::optional<std::vector<site_file>> site;  // by path; none: the site is not part of it
    std::string program;                         // "palabre 0.1.0"
};

struct made_backup {
    std::string name;
    archive::manifest of;
};

// Asked to stop before it was done.
class backup_stopped : public std::runtime_error {
public:
    backup_stopped() : std::runtime_error("it was stopped") {}
};

// Makes a backup named by the present time. Nothing stands under that name before all of it is
// durable. Not two at once into one store: the caller sees to that. What an earlier one left
// unfinished is removed. Throws archive::archive_error, blob_error, store_error, std::system_error
// (a file of the site) or backup_stopped; then there is no new backup, and nothing else changed.
[[nodiscard]] made_backup back_up(
    const backup_content& content, blob_store& to, const clock& wall, const std::stop_token& stop
);

}  // namespace palabre
