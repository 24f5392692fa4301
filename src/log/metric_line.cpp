// SPDX-License-Identifier: Apache-2.0
#include "log/metric_line.hpp"

#include "log/embedded_metrics.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>
#include <vector>

namespace palabre::log {
namespace {

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

}  // namespace

void append_metric_line(std::string& out, const invocation_metrics& of) {
    const std::array<std::pair<std::string_view, std::string_view>, 2> dimensions{
        {{"Service", of.service}, {"Route", of.route}}
    };
    const auto metrics = metrics_of(of);
    append_embedded_metrics(out, {of.at, dimensions, metrics, of.request_id});
}

}  // namespace palabre::log
