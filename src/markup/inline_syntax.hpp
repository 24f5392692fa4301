// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "markup/inline_run.hpp"

#include <string>
#include <string_view>

namespace palabre::markup {

// A link's target as it stands between parentheses.
[[nodiscard]] std::string write_target(std::string_view url);

// A link's title as it stands after the target, with the space between them.
[[nodiscard]] std::string write_title(std::string_view title);

// Whether Markdown has a way to write this as code. A cell gives up "\|" before code is looked for,
// so code cannot hold it there; and "[…]:" at the beginning of a paragraph is a definition, in code
// or not.
[[nodiscard]] bool can_be_code(std::string_view code, place where, bool in_link);

// A code span. `code` is not empty, holds no line feed, and can be code.
[[nodiscard]] std::string write_code(std::string_view code, place where);

// ASCII white space as one space each, wide spaces as they are.
[[nodiscard]] std::string collapse_spaces(std::string_view text);

}  // namespace palabre::markup
