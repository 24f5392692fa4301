// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/failure.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace palabre {

// Number of code points. `text` must be valid UTF-8.
[[nodiscard]] std::size_t count_characters(std::string_view text) noexcept;

// True for well-formed UTF-8 (Unicode 15, table 3-7): no surrogates, no overlong forms.
[[nodiscard]] bool is_valid_utf8(std::string_view text) noexcept;

// A to Z become a to z; everything else stays, so lengths and UTF-8 do too.
[[nodiscard]] std::string fold_ascii_case(std::string_view text);

enum class line_breaks { allowed, forbidden };

// The first reason why a text may not be stored: invalid_utf8, control_character (tab, and line
// breaks where allowed, are not counted as such) or bidi_override. Empty when it is fine.
[[nodiscard]] std::optional<field_problem> find_text_problem(
    std::string_view text, line_breaks breaks
) noexcept;

// True when no character of the text leaves a mark: spaces, zero-width characters, joiners.
[[nodiscard]] bool is_invisible(std::string_view text) noexcept;

// Without white space (ASCII and Unicode's White_Space) at both ends.
[[nodiscard]] std::string_view trim(std::string_view text) noexcept;

}  // namespace palabre
