// SPDX-License-Identifier: Apache-2.0
#include "log/backup_line.hpp"

#include "log/embedded_metrics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace palabre::log {
namespace {

constexpr double hour_ms = 60.0 * 60 * 1000;

std::vector<metric> metrics_of(const backup_metrics& of) {
    std::vector<metric> made{
        {"BackupFailures", "Count", std::to_string(of.failures)},
        {"SiteFilesCopied", "Count", std::to_string(of.site_files_copied)},
    };
    if (of.last_good_age_ms) {
        // A clock that was set back makes no negative age.
        const auto age_ms = std::max<std::int64_t>(*of.last_good_age_ms, 0);
        const auto hours = static_cast<double>(age_ms) / hour_ms;
        made.push_back({"BackupAge", "None", fmt::format("{:.2f}", hours)});
    }
    return made;
}

}  // namespace

void append_backup_metric_line(std::string& out, const backup_metrics& of) {
    const std::array dimensions{std::pair<std::string_view, std::string_view>("Service", of.service)
    };
    const auto metrics = metrics_of(of);
    append_embedded_metrics(out, {of.at, dimensions, metrics, of.request_id});
}

}  // namespace palabre::log
