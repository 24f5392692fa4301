// SPDX-License-Identifier: Apache-2.0
#include "http/rate_limit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace palabre::http {
namespace {

std::int64_t seconds_up(guard::nanoseconds time) {
    return std::chrono::ceil<std::chrono::seconds>(time).count();
}

}  // namespace

void describe_rate_limit(response& answer, const rate_limit_state& state) {
    const auto& policy = state.policy;
    answer.set(
        "ratelimit-policy",
        fmt::format(R"("{}";q={};w={})", state.name, policy.burst(), seconds_up(policy.window()))
    );
    answer.set(
        "ratelimit",
        fmt::format(R"("{}";r={};t={})", state.name, state.remaining, seconds_up(state.resets_in))
    );
}

void describe_refusal(
    response& answer, std::string_view name, const guard::quota& policy, guard::nanoseconds wait
) {
    const std::int64_t seconds = std::max<std::int64_t>(1, seconds_up(wait));
    answer.set("retry-after", std::to_string(seconds));
    describe_rate_limit(answer, {name, policy, 0, std::chrono::seconds(seconds)});
}

}  // namespace palabre::http
