// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/timestamp.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace palabre::log {

// What one invocation of a function has shown.
struct invocation_metrics {
    timestamp at;
    std::string_view service;     // the function: "api"
    std::string_view route;       // "GET /commentaires"; few, since each is paid for
    std::string_view request_id;  // for whoever looks for the line; no dimension
    unsigned status = 0;
    std::uint64_t microseconds = 0;
    bool cold_start = false;                        // the first one of this process
    std::optional<std::int64_t> remaining_ms = {};  // until Lambda would have ended it
};

// Appends a line of the Embedded Metric Format, its end included, of which CloudWatch makes metrics
// (docs.aws.amazon.com: "Specification: Embedded metric format"). `request_id` is valid UTF-8.
void append_metric_line(std::string& out, const invocation_metrics& of);

}  // namespace palabre::log
