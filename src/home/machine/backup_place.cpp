// SPDX-License-Identifier: Apache-2.0
#include "home/machine/backup_place.hpp"

#include <fmt/format.h>

namespace palabre::machine {

namespace fs = std::filesystem;

backup_place::backup_place(const fs::path& folder)
    : folder_(fs::absolute(folder).lexically_normal()), store_(folder_) {}

std::optional<util::file_lock> backup_place::try_lock() const {
    if (fs::create_directories(folder_)) fs::permissions(folder_, fs::perms::owner_all);
    return util::file_lock::try_file(folder_ / ".lock", util::lock_kind::exclusive);
}

std::optional<fs::path> backup_folder_of(
    const std::string& asked_for, const config::settings& chosen
) {
    // As a shell means it: from the present folder, not from that of the settings.
    if (!asked_for.empty()) return asked_for;
    if (!chosen.backup.folder.empty()) return chosen.resolve(chosen.backup.folder);
    return std::nullopt;
}

retention retention_of(const config::settings& chosen) {
    const auto& from = chosen.backup;
    return {
        static_cast<std::uint32_t>(from.keep_daily),
        static_cast<std::uint32_t>(from.keep_weekly),
        static_cast<std::uint32_t>(from.keep_monthly)
    };
}

std::string size_text(std::uint64_t bytes) {
    constexpr double thousand = 1000;
    if (bytes < 1000) return fmt::format("{} B", bytes);
    const auto kilobytes = static_cast<double>(bytes) / thousand;
    if (kilobytes < thousand) return fmt::format("{:.1f} kB", kilobytes);
    if (kilobytes < thousand * thousand) return fmt::format("{:.1f} MB", kilobytes / thousand);
    return fmt::format("{:.1f} GB", kilobytes / thousand / thousand);
}

}  // namespace palabre::machine
