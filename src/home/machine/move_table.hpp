// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "home/machine/move_ends.hpp"

#include <string>

namespace palabre::machine {

// A table of DynamoDB as an end of a move, reached as the variables of AWS say. Nobody can be kept
// from writing to it: the verification at the end tells.
[[nodiscard]] std::unique_ptr<home_to_leave> leave_table(const std::string& table);

// As long as the move is not done, the table serves nobody (store/dynamodb/move_mark.hpp).
[[nodiscard]] std::unique_ptr<home_to_enter> enter_table(
    const std::string& table, missing_table otherwise
);

}  // namespace palabre::machine
