// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api_key.hpp"
#include "core/comment.hpp"
#include "core/decision.hpp"

#include <cstddef>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace palabre::archive {

// One line of a backup. The largest comment that settings allow, 100,000 characters that each take
// six bytes when escaped, with the HTML made of it, stays below a quarter of this.
inline constexpr std::size_t line_bytes_max = std::size_t{16} * 1024 * 1024;

// Why a record could not be read back from a backup; none when it can. A clause that goes on from
// "comment X ".
[[nodiscard]] std::optional<std::string> find_problem(const comment& c);
[[nodiscard]] std::optional<std::string> find_problem(const audit_entry& entry);
[[nodiscard]] std::optional<std::string> find_problem(const api_key& key);
[[nodiscard]] std::optional<std::string> find_section_problem(std::string_view section);

// Appends the record as one line of JSON, with its line break. It must have no problem.
void append_line(std::string& to, const comment& c);
void append_line(std::string& to, const audit_entry& entry);
void append_line(std::string& to, const api_key& key);
void append_section_line(std::string& to, std::string_view section);

// What a line holds, or a clause that says what is wrong with it. Takes exactly the members that
// append_line writes, in any order; what comes back has no problem.
template <class record>
using parsed = std::expected<record, std::string>;
[[nodiscard]] parsed<comment> parse_comment(std::string_view line);
[[nodiscard]] parsed<audit_entry> parse_audit_entry(std::string_view line);
[[nodiscard]] parsed<api_key> parse_key(std::string_view line);
[[nodiscard]] parsed<std::string> parse_section(std::string_view line);

}  // namespace palabre::archive
