// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/limits.hpp"
#include "core/result.hpp"

#include <optional>
#include <string>

namespace palabre {

// The HTML that a text would get, by the rules of a post. Refuses with invalid_fields.
[[nodiscard]] result<std::string> preview_comment(
    const std::optional<std::string>& text, const limits& allowed
);

}  // namespace palabre
