// SPDX-License-Identifier: Apache-2.0
#include "service/check_health.hpp"

#include <algorithm>
#include <exception>

namespace palabre {
namespace {

check_outcome run_one(const health_check& check) {
    try {
        check.run();
        return {check.name, {}, {}, check.needed};
    } catch (const std::exception& broken) {
        return {check.name, check.advice, broken.what(), check.needed};
    }
}

}  // namespace

bool health_report::passed() const noexcept {
    return std::ranges::all_of(checks, [](const auto& c) { return c.failure.empty(); });
}

bool health_report::can_serve() const noexcept {
    return std::ranges::all_of(checks, [](const auto& c) {
        return c.failure.empty() || c.needed != need::to_serve;
    });
}

health_report check_health(const std::vector<health_check>& checks) {
    health_report report;
    for (const health_check& check : checks)
        report.checks.push_back(run_one(check));
    return report;
}

}  // namespace palabre
