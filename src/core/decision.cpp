// SPDX-License-Identifier: Apache-2.0
#include "core/decision.hpp"

#include <algorithm>
#include <array>
#include <cassert>

namespace palabre {
namespace {

constexpr std::array<std::string_view, 7> action_names = {
    "publish", "reject", "spam", "delete", "edit", "close", "reopen"
};

}  // namespace

std::string_view name_of(action what) noexcept {
    return action_names.at(static_cast<std::size_t>(what));
}

comment_state state_after(action decided) noexcept {
    assert(decided <= action::spam);
    switch (decided) {
        case action::publish:
            return comment_state::published;
        case action::reject:
            return comment_state::rejected;
        default:
            return comment_state::spam;
    }
}

std::optional<action> parse_action(std::string_view name) noexcept {
    const auto* const found = std::ranges::find(action_names, name);
    if (found == action_names.end()) return std::nullopt;
    return static_cast<action>(found - action_names.begin());
}

}  // namespace palabre
