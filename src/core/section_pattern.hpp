// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace palabre {

// Whether a section is meant by a pattern of the settings: its id, or the beginning of ids followed
// by '*', as in "/blog/*". "*" means every section.
[[nodiscard]] bool matches(std::string_view pattern, std::string_view section) noexcept;

[[nodiscard]] bool matches_any(
    std::span<const std::string> patterns, std::string_view section
) noexcept;

}  // namespace palabre
