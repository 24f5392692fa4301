// SPDX-License-Identifier: Apache-2.0
#include "core/comment_state.hpp"

#include <algorithm>
#include <array>

namespace palabre {
namespace {

constexpr std::array<std::string_view, 5> state_names = {
    "published", "held", "rejected", "spam", "deleted"
};

}  // namespace

std::string_view name_of(comment_state state) noexcept {
    return state_names.at(static_cast<std::size_t>(state));
}

std::optional<comment_state> parse_comment_state(std::string_view name) noexcept {
    const auto* const found = std::ranges::find(state_names, name);
    if (found == state_names.end()) return std::nullopt;
    return static_cast<comment_state>(found - state_names.begin());
}

}  // namespace palabre
