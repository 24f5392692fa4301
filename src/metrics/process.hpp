// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

namespace palabre::metrics {

// What the system says of this process.
struct process_usage {
    double cpu_seconds = 0;
    double resident_bytes = 0;
    double open_files = 0;
    double started_at = 0;  // seconds since 1970
};

// Empty where there is no /proc.
[[nodiscard]] std::optional<process_usage> read_process_usage();

}  // namespace palabre::metrics
