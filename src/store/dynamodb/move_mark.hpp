// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/comment_id.hpp"
#include "store/dynamodb/table_access.hpp"

#include <optional>

// The item by which a table tells that a move into it is not done: as long as it is there, the
// table serves nobody, and the next move goes on.
namespace palabre::store::dynamodb {

struct move_mark {
    std::optional<comment_id> written_up_to;  // none: nothing yet
};

// None when no move is under way.
[[nodiscard]] std::optional<move_mark> read_move_mark(const table_access& access);
void write_move_mark(const table_access& access, const move_mark& mark);
void remove_move_mark(const table_access& access);

}  // namespace palabre::store::dynamodb
