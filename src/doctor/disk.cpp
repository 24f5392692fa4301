// SPDX-License-Identifier: Apache-2.0
#include "doctor/disk.hpp"

#include "system/disk_space.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <optional>
#include <string>
#include <system_error>

namespace palabre::doctor {
namespace {

namespace fs = std::filesystem;

constexpr const char* disk_subject = "disk";
constexpr std::uintmax_t files_comfortable = 1000;

// Writes a file to the disk itself and removes it. The reason when that fails.
std::optional<std::string> reason_not_to_keep(const fs::path& folder) {
    const fs::path file = folder / fmt::format(".doctor-{}", ::getpid());
    const int made = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (made < 0) return std::generic_category().message(errno);
    const std::array<char, 4096> page{};
    const auto written = ::write(made, page.data(), page.size());
    std::optional<std::string> reason;
    if (written < 0) {
        reason = std::generic_category().message(errno);
    } else if (static_cast<std::size_t>(written) != page.size()) {
        reason = std::generic_category().message(ENOSPC);
    } else if (::fsync(made) != 0) {
        reason = "it cannot be made durable: " + std::generic_category().message(errno);
    }
    ::close(made);
    ::unlink(file.c_str());
    return reason;
}

finding judge_space(const fs::path& folder, const disk_space& left) {
    const auto megabytes = left.bytes / 1024 / 1024;
    if (const auto reason = reason_not_to_write(left)) {
        return {
            severity::wrong,
            disk_subject,
            fmt::format("Nothing more fits into {}: {}.", folder.string(), *reason),
            left.read_only ? "Look at the kernel's log (`dmesg`) for errors of the disk, and mount "
                             "it for writing again."
                           : "Make room: readers are served, and new comments are refused. They "
                             "are taken again without a restart."
        };
    }
    const bool few = left.files && *left.files < files_comfortable;
    if (left.bytes < disk_bytes_comfortable || few) {
        return {
            severity::remark,
            disk_subject,
            fmt::format(
                "{} MB{} are free in {}.",
                megabytes,
                few ? fmt::format(" and {} files", *left.files) : "",
                folder.string()
            ),
            "Make room before new comments are refused."
        };
    }
    return {
        severity::fine,
        disk_subject,
        fmt::format("{} MB are free in {}.", megabytes, folder.string()),
        ""
    };
}

}  // namespace

std::vector<finding> look_at_disk(const fs::path& folder) try {
    std::error_code none;
    if (!fs::is_directory(folder, none)) {
        return {
            {severity::remark,
             disk_subject,
             fmt::format("The data folder {} is not there yet.", folder.string()),
             "The server makes it when it starts."}
        };
    }
    std::vector<finding> found{judge_space(folder, disk_space_of(folder))};
    if (const auto reason = reason_not_to_keep(folder)) {
        found.push_back(
            {severity::wrong,
             disk_subject,
             fmt::format("A file in {} cannot be written: {}.", folder.string(), *reason),
             "Nobody can post until it can. Run this as the user that runs the server."}
        );
    }
    return found;
} catch (const std::system_error& error) {
    return {{severity::wrong, disk_subject, fmt::format("{}.", error.what()), ""}};
}

}  // namespace palabre::doctor
