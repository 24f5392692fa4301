// SPDX-License-Identifier: Apache-2.0
#include "doctor/permissions.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <optional>
#include <string>

namespace palabre::doctor {
namespace {

namespace fs = std::filesystem;

constexpr const char* permissions_subject = "permissions";
constexpr mode_t group_or_others = 0077;
constexpr mode_t others = 0007;
constexpr mode_t may_write = 0022;

std::optional<struct stat> ask(const fs::path& file) {
    struct stat told{};
    if (file.empty() || ::stat(file.c_str(), &told) != 0) return std::nullopt;
    return told;
}

void look_at_folder(const fs::path& folder, const struct stat& told, std::vector<finding>& to) {
    if ((told.st_mode & may_write) != 0) {
        to.push_back(
            {severity::wrong,
             permissions_subject,
             fmt::format("Other users may write into {}.", folder.string()),
             fmt::format("chmod go-w {}", folder.string())}
        );
    }
    if (::geteuid() != 0 && ::geteuid() != told.st_uid) {
        to.push_back(
            {severity::remark,
             permissions_subject,
             fmt::format("{} belongs to another user than you are.", folder.string()),
             "Run this as the user that runs the server, or as root: what you may not do, it may."}
        );
    }
}

void look_at_file(
    const fs::path& file, mode_t forbidden, std::optional<uid_t> owner, std::vector<finding>& to
) {
    const auto told = ask(file);
    if (!told) return;
    if ((told->st_mode & forbidden) != 0) {
        to.push_back(
            {severity::wrong,
             permissions_subject,
             fmt::format("Other users may read {}.", file.string()),
             fmt::format("chmod {} {}", forbidden == others ? "o=" : "go=", file.string())}
        );
    }
    if (owner && told->st_uid != *owner) {
        to.push_back(
            {severity::wrong,
             permissions_subject,
             fmt::format(
                 "{} belongs to another user than its folder, so the server may be unable to open "
                 "it.",
                 file.string()
             ),
             fmt::format("chown --reference={} {}", file.parent_path().string(), file.string())}
        );
    }
}

}  // namespace

std::vector<finding> look_at_permissions(const fs::path& data_folder, const fs::path& private_key) {
    std::vector<finding> found;
    if (const auto folder = ask(data_folder)) {
        look_at_folder(data_folder, *folder, found);
        for (const auto* name :
             {"comments.sqlite", "comments.sqlite-wal", "comments.sqlite-shm", "edit.secret"}) {
            look_at_file(data_folder / name, group_or_others, folder->st_uid, found);
        }
        look_at_file(data_folder / "tls" / "localhost.key", group_or_others, folder->st_uid, found);
    }
    look_at_file(private_key, others, std::nullopt, found);
    if (found.empty()) {
        found.push_back(
            {severity::fine,
             permissions_subject,
             "Comments and keys are read by their owner alone.",
             ""}
        );
    }
    return found;
}

}  // namespace palabre::doctor
