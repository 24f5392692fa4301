// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/finding.hpp"
#include "core/timestamp.hpp"

#include <filesystem>
#include <vector>

namespace palabre::doctor {

// ACME clients renew a month before the end; half of that left means that nobody renews.
inline constexpr int certificate_days_comfortable = 14;

// Whether certificate and key can be read, belong together and hold at `now`, for how long yet and
// for which names.
[[nodiscard]] std::vector<finding> look_at_certificate(
    const std::filesystem::path& chain, const std::filesystem::path& key, timestamp now
);

}  // namespace palabre::doctor
