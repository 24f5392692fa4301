// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/comment.hpp"
#include "store/sqlite/statement.hpp"

#include <vector>

namespace palabre::store {

// Reads the columns that sql.hpp names for a comment. Throws sqlite_error on a damaged row.
[[nodiscard]] comment read_comment(const row_reader& row);

// All rows that are left.
[[nodiscard]] std::vector<comment> read_comments(row_reader& rows);

// Runs sql::add_comment, of which `insert` is made.
void insert_comment(statement& insert, const comment& added);

}  // namespace palabre::store
