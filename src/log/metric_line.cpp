// SPDX-License-Identifier: Apache-2.0
#include "log/metric_line.hpp"

#include "util/json_text.hpp"

#include <fmt/format.h>

#include <iterator>
#include <vector>

namespace palabre::log {
namespace {

struct metric {
    std::string_view name;
    std::string_view unit;
    std::string value;  // a JSON number
};

std::string flag(bool raised) {
    return raised ? "1" : "0";
}

std::vector<metric> metrics_of(const invocation_metrics& of) {
    const std::uint64_t whole_ms = of.microseconds / 1000;
    std::vector<metric> made{
        {"Requests", "Count", "1"},
        {"Latency", "Milliseconds", fmt::format("{}.{:03}", whole_ms, of.microseconds % 1000)},
        {"ServerErrors", "Count", flag(of.status >= 500)},
        {"ClientErrors", "Count", flag(of.status >= 400 && of.status < 500)},
    };
    // Zeros of these would be paid for and say nothing.
    if (of.cold_start) made.push_back({"ColdStart", "Count", "1"});
    if (of.remaining_ms) {
        made.push_back({"RemainingTime", "Milliseconds", std::to_string(*of.remaining_ms)});
    }
    return made;
}

void add_directive(std::string& to, const std::vector<metric>& metrics) {
    util::json_object directive(to);
    directive.add("Namespace", metric_namespace);
    directive.add_raw("Dimensions").append(R"([["Service","Route"]])");
    util::json_array list(directive.add_raw("Metrics"));
    for (const auto& [name, unit, value] : metrics) {
        util::json_object one(list.next());
        one.add("Name", name);
        one.add("Unit", unit);
    }
}

}  // namespace

void append_metric_line(std::string& out, const invocation_metrics& of) {
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
        line.add("Route", of.route);
        for (const auto& [name, unit, value] : metrics)
            line.add_raw(name).append(value);
        line.add("requestId", of.request_id);
    }
    out.push_back('\n');
}

}  // namespace palabre::log
