// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/timestamp.hpp"

#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace palabre::log {

// Under which CloudWatch keeps all of ours: infra/ draws its dashboard and sets its alarms by this
// name and by those of the metrics.
inline constexpr std::string_view metric_namespace = "Palabre";

struct metric {
    std::string_view name;
    std::string_view unit;  // one of CloudWatch's: "Count", "Milliseconds", "None"
    std::string value;      // a JSON number
};

// Each combination of the values of its dimensions is paid for: what differs with each request
// belongs into request_id.
struct metric_event {
    timestamp at;
    std::span<const std::pair<std::string_view, std::string_view>> dimensions;  // name, value
    std::span<const metric> metrics;
    std::string_view request_id;
};

// Appends the event as one line, with its line break, in CloudWatch's Embedded Metric Format
// (docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/
// CloudWatch_Embedded_Metric_Format_Specification.html).
void append_embedded_metrics(std::string& out, const metric_event& event);

}  // namespace palabre::log
