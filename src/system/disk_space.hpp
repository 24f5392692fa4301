// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace palabre {

// Less than this is as good as full: the write-ahead log of the database grows by some megabytes
// before it is folded in, and a checkpoint needs as much again in the file itself.
inline constexpr std::uintmax_t disk_bytes_needed = std::uintmax_t{32} * 1024 * 1024;

// Not much longer: time to do something about it.
inline constexpr std::uintmax_t disk_bytes_comfortable = std::uintmax_t{512} * 1024 * 1024;

struct disk_space {
    std::uintmax_t bytes = 0;             // free for whoever runs this program
    std::optional<std::uintmax_t> files;  // so many more can be made; none: not limited
    bool read_only = false;
};

// Of the file system that holds `folder`. Throws std::system_error.
[[nodiscard]] disk_space disk_space_of(const std::filesystem::path& folder);

// Why nothing more fits there, in a sentence; none when something does.
[[nodiscard]] std::optional<std::string> reason_not_to_write(const disk_space& left);

}  // namespace palabre
