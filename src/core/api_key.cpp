// SPDX-License-Identifier: Apache-2.0
#include "core/api_key.hpp"

#include <algorithm>
#include <array>

namespace palabre {
namespace {

constexpr std::array<std::string_view, 3> names = {"site", "moderator", "admin"};

}  // namespace

std::string_view name_of(role what) noexcept {
    return names.at(static_cast<std::size_t>(what));
}

std::optional<role> parse_role(std::string_view name) noexcept {
    const auto* const found = std::ranges::find(names, name);
    if (found == names.end()) return std::nullopt;
    return static_cast<role>(found - names.begin());
}

}  // namespace palabre
