// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/timestamp.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace palabre::log {

// What one call of the function `backup` has shown.
struct backup_metrics {
    timestamp at;
    std::string_view service;     // "backup"
    std::string_view request_id;  // no dimension
    // Since the last good backup, or the first call without one; none when nobody knows.
    std::optional<std::int64_t> last_good_age_ms = {};
    std::uint64_t failures = 0;  // of exports, found by this call
    std::uint64_t site_files_copied = 0;
};

// Appends a line of the Embedded Metric Format, its end included: BackupAge, in hours (a number
// without unit, since CloudWatch knows none), BackupFailures and SiteFilesCopied.
void append_backup_metric_line(std::string& out, const backup_metrics& of);

}  // namespace palabre::log
