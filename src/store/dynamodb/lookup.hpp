// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/comment.hpp"
#include "store/dynamodb/attribute_value.hpp"
#include "store/dynamodb/table_access.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

// Items by their ids, as they are now.
namespace palabre::store::dynamodb {

// DynamoDB takes no more ids in one request.
inline constexpr std::size_t lookup_ids_max = 100;

// Calls `take` with the item, and not at all when there is none. True when there was one.
bool look_up(
    const table_access& access, std::string_view id, const std::function<void(const item&)>& take
);

[[nodiscard]] std::optional<comment> look_up_comment(
    const table_access& access, const comment_id& id
);

// Gives those that there are, in any order. No id may come twice. `projection` names the attributes
// that are wanted, each with '#'; empty: all of them.
void look_up_all(
    const table_access& access,
    std::span<const std::string> ids,
    std::string_view projection,
    const std::function<void(const item&)>& take
);

}  // namespace palabre::store::dynamodb
