// SPDX-License-Identifier: Apache-2.0
#include "core/section_pattern.hpp"

#include <algorithm>

namespace palabre {

bool matches(std::string_view pattern, std::string_view section) noexcept {
    if (!pattern.ends_with('*')) return pattern == section;
    return section.starts_with(pattern.substr(0, pattern.size() - 1));
}

bool matches_any(std::span<const std::string> patterns, std::string_view section) noexcept {
    return std::ranges::any_of(patterns, [&](const std::string& each) {
        return matches(each, section);
    });
}

}  // namespace palabre
