// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/settings.hpp"
#include "core/limits.hpp"
#include "guard/post_limits.hpp"
#include "service/posting_rules.hpp"

#include <chrono>
#include <cstdint>

namespace palabre::home {

// From what an owner chose to the rules that hold in every home. Settings are taken to be right, as
// config::load gives them.

[[nodiscard]] posting_rules rules_of(const config::settings& chosen);
[[nodiscard]] limits limits_of(const config::settings& chosen);

// Keys bring quotas of their own.
[[nodiscard]] guard::post_quotas post_quotas_of(const config::settings& chosen);

// So many tokens come back in a period, so many can be saved up; 0 tokens: no limit.
[[nodiscard]] guard::quota quota_of(
    std::int64_t tokens, std::chrono::seconds period, std::int64_t burst
);

}  // namespace palabre::home
