// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace palabre {

// One thing that must work for the service to serve. `run` throws what is wrong as std::exception;
// it must be cheap enough for every second. `advice` is shown to anybody when it fails, so it says
// what is hurt and nothing of the inside.
struct health_check {
    std::string name;
    std::function<void()> run;
    std::string advice;
};

struct check_outcome {
    std::string name;
    std::string failure;  // empty when the check passed; else the advice
    std::string reason;   // what run threw: for logs, never for the public
};

struct health_report {
    std::vector<check_outcome> checks;
    [[nodiscard]] bool passed() const noexcept;
};

// Runs every check, also after one that failed.
[[nodiscard]] health_report check_health(const std::vector<health_check>& checks);

}  // namespace palabre
