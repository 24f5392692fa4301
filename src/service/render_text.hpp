// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/limits.hpp"
#include "core/result.hpp"

#include <string>
#include <string_view>

namespace palabre {

// The safe HTML of a checked text, or invalid_fields when its markup nests too deeply.
[[nodiscard]] result<std::string> render_text(std::string_view text, const limits& allowed);

}  // namespace palabre
