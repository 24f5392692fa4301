// SPDX-License-Identifier: Apache-2.0
#include "system/disk_space.hpp"

#include <sys/statvfs.h>

#include <cerrno>
#include <system_error>

namespace palabre {

disk_space disk_space_of(const std::filesystem::path& folder) {
    struct statvfs told{};
    if (::statvfs(folder.c_str(), &told) != 0) {
        throw std::system_error(errno, std::system_category(), folder.string());
    }
    disk_space left;
    left.bytes = std::uintmax_t{told.f_bavail} * told.f_frsize;
    // Some file systems, such as btrfs, make inodes as they need them, and say 0 of 0.
    if (told.f_files > 0) left.files = told.f_favail;
    left.read_only = (told.f_flag & ST_RDONLY) != 0;
    return left;
}

std::optional<std::string> reason_not_to_write(const disk_space& left) {
    if (left.read_only) return "the file system is read-only";
    if (left.bytes < disk_bytes_needed) {
        return "only " + std::to_string(left.bytes / 1024) + " kB are free";
    }
    if (left.files && *left.files == 0) return "no more files can be made there";
    return std::nullopt;
}

}  // namespace palabre
