// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api_key.hpp"
#include "core/comment.hpp"
#include "core/decision.hpp"
#include "store/sqlite/statement.hpp"

#include <cstdint>
#include <vector>

namespace palabre::store {

// Reads the columns that sql.hpp names for a comment. Throws sqlite_error on a damaged row.
[[nodiscard]] comment read_comment(const row_reader& row);

// All rows that are left.
[[nodiscard]] std::vector<comment> read_comments(row_reader& rows);

// Runs sql::add_comment, of which `insert` is made.
void insert_comment(statement& insert, const comment& added);

// The same for sql::add_comment_to_section.
void insert_comment_to(
    statement& insert, std::int64_t section_no, std::int64_t comment_no, const comment& added
);

// The same for an audit entry, and sql::add_audit.
[[nodiscard]] audit_entry read_audit_entry(const row_reader& row);
void insert_audit_entry(statement& insert, const audit_entry& added);

// The same for a key, and sql::add_key.
[[nodiscard]] api_key read_key(const row_reader& row);
void insert_key(statement& insert, const api_key& added);

}  // namespace palabre::store
