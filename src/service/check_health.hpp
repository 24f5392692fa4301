// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace palabre {

enum class need : std::uint8_t {
    to_serve,  // without it readers get nothing
    to_write,  // without it readers get everything and nobody can post
};

// One thing that must work. `run` throws what is wrong as std::exception;
// it must be cheap enough for every second. `advice` is shown to anybody when it fails, so it says
// what is hurt and nothing of the inside.
struct health_check {
    std::string name;
    std::function<void()> run;
    std::string advice;
    need needed = need::to_serve;
};

struct check_outcome {
    std::string name;
    std::string failure;  // empty when the check passed; else the advice
    std::string reason;   // what run threw: for logs, never for the public
    need needed = need::to_serve;
};

struct health_report {
    std::vector<check_outcome> checks;
    // Every check passed.
    [[nodiscard]] bool passed() const noexcept;
    // Readers get what they ask for, whatever else is broken.
    [[nodiscard]] bool can_serve() const noexcept;
};

// Runs every check, also after one that failed.
[[nodiscard]] health_report check_health(const std::vector<health_check>& checks);

}  // namespace palabre
