// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/timestamp.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace palabre::archive {

// "2026-11-22T17-45-00.123Z": RFC 3339 with dashes for colons, which file systems of other machines
// do not take. Names sort as times do. `at` must be in range.
[[nodiscard]] std::string backup_name(timestamp at);

// Empty for anything else.
[[nodiscard]] std::optional<timestamp> parse_backup_name(std::string_view name);

// What a backup is called while it is being written. Left behind when the machine stops meanwhile,
// and removed by the next.
inline constexpr std::string_view unfinished_name = "unfinished";

}  // namespace palabre::archive
