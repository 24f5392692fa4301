// SPDX-License-Identifier: Apache-2.0
#include "home/machine/backup_place.hpp"

#include "blob/folder/folder_store.hpp"
#include "home/machine/s3_home.hpp"

#include <fmt/format.h>

namespace palabre::machine {

namespace fs = std::filesystem;

backup_place::backup_place(std::string_view where, const aws::variables& environment) {
    if (blob::is_s3_url(where)) {
        const auto place = blob::parse_s3_url(where);
        name_ = blob::to_url(place);
        s3_ = std::make_unique<s3_home>(place, environment);
        store_ = &s3_->store();
        return;
    }
    folder_ = fs::absolute(where).lexically_normal();
    if (!folder_->has_filename()) folder_ = folder_->parent_path();
    name_ = folder_->string();
    own_ = std::make_unique<blob::folder_store>(*folder_);
    store_ = own_.get();
}

backup_place::~backup_place() = default;

std::optional<backup_place::lock> backup_place::try_lock() const {
    if (!folder_) return lock{};
    if (fs::create_directories(*folder_)) fs::permissions(*folder_, fs::perms::owner_all);
    auto held = util::file_lock::try_file(*folder_ / ".lock", util::lock_kind::exclusive);
    if (!held) return std::nullopt;
    return lock{std::move(held)};
}

std::optional<std::string> backup_place_of(
    const std::string& asked_for, const config::settings& chosen
) {
    // As a shell means it: from the present folder, not from that of the settings.
    if (!asked_for.empty()) return asked_for;
    const auto& folder = chosen.backup.folder;
    if (folder.empty()) return std::nullopt;
    return blob::is_s3_url(folder) ? folder : chosen.resolve(folder).string();
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
