// SPDX-License-Identifier: Apache-2.0
#include "service/prune_backups.hpp"

#include "archive/backup_name.hpp"
#include "service/list_backups.hpp"
#include "service/verify_backup.hpp"

#include <array>
#include <chrono>
#include <optional>

namespace palabre {
namespace {

using std::chrono::days;

std::chrono::sys_days day_of(timestamp at) {
    return std::chrono::floor<days>(std::chrono::sys_time(std::chrono::milliseconds(at.ms)));
}

std::int64_t day_number(timestamp at) {
    return day_of(at).time_since_epoch().count();
}

std::int64_t week_number(timestamp at) {
    const auto day = day_of(at);
    const auto since_monday = std::chrono::weekday(day) - std::chrono::Monday;
    return (day - since_monday).time_since_epoch().count();
}

std::int64_t month_number(timestamp at) {
    const std::chrono::year_month_day date(day_of(at));
    return std::int64_t{int{date.year()}} * 12 + unsigned{date.month()};
}

// Keeps the newest of each period, for as many periods as are wanted.
struct rule {
    std::int64_t (*period_of)(timestamp at) = nullptr;
    std::uint32_t left = 0;
    std::optional<std::int64_t> latest{};

    bool keeps(timestamp at) {
        const auto period = period_of(at);
        if (left == 0 || latest == period) return false;
        latest = period;
        --left;
        return true;
    }
};

std::vector<timestamp> times_of_good(blob_store& in) {
    std::vector<timestamp> all;
    for (const auto& each : list_backups(in)) {
        if (each.is_good() && each.of) all.push_back(each.at);
    }
    return all;
}

std::vector<std::string> names_of(std::span<const timestamp> all) {
    std::vector<std::string> names;
    for (const auto at : all)
        names.push_back(archive::backup_name(at));
    return names;
}

}  // namespace

std::vector<timestamp> choose_expired(
    std::span<const timestamp> newest_first, const retention& keep
) {
    std::vector<timestamp> expired;
    if (keep.daily == 0 && keep.weekly == 0 && keep.monthly == 0) return expired;
    std::array rules{
        rule{day_number, keep.daily},
        rule{week_number, keep.weekly},
        rule{month_number, keep.monthly}
    };
    for (const auto at : newest_first) {
        bool kept = at == newest_first.front();
        // Each is asked, so that each knows its latest period.
        for (auto& each : rules)
            kept = each.keeps(at) || kept;
        if (!kept) expired.push_back(at);
    }
    return expired;
}

std::vector<std::string> find_expired_backups(blob_store& in, const retention& keep) {
    return names_of(choose_expired(times_of_good(in), keep));
}

std::vector<std::string> prune_backups(blob_store& in, const retention& keep) {
    const auto good = times_of_good(in);
    auto names = names_of(choose_expired(good, keep));
    if (names.empty()) return names;
    static_cast<void>(verify_backup(in, archive::backup_name(good.front())));
    for (const auto& name : names)
        in.remove(name, archive::manifest_file);
    return names;
}

}  // namespace palabre
