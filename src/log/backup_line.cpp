// SPDX-License-Identifier: Apache-2.0
#include "log/backup_line.hpp"

#include "log/metric_line.hpp"
#include "util/json_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace palabre::log {
namespace {

constexpr double hour_ms = 60.0 * 60 * 1000;

struct metric {
    std::string_view name;
    std::string_view unit;
    std::string value;  // a JSON number
};

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

void add_directive(std::string& to, const std::vector<metric>& metrics) {
    util::json_object directive(to);
    directive.add("Namespace", metric_namespace);
    directive.add_raw("Dimensions").append(R"([["Service"]])");
    util::json_array list(directive.add_raw("Metrics"));
    for (const auto& [name, unit, value] : metrics) {
        util::json_object one(list.next());
        one.add("Name", name);
        one.add("Unit", unit);
    }
}

}  // namespace

void append_backup_metric_line(std::string& out, const backup_metrics& of) {
    const auto metrics = metrics_of(of);
    {
        util::json_object line(out);
        {
            util::json_object meta(line.add_raw("_aws"));
            meta.add("Timestamp", static_cast<std::uint64_t>(of.at.ms));
            util::json_array directives(meta.add_raw("CloudWatchMetrics"));
            add_directive(directives.next(), metrics);
        }
        line.add("Service", of.service);
        for (const auto& [name, unit, value] : metrics)
            line.add_raw(name).append(value);
        line.add("requestId", of.request_id);
    }
    out.push_back('\n');
}

}  // namespace palabre::log
