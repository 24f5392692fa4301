// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/finding.hpp"

#include <string>
#include <vector>

namespace palabre::doctor {

[[nodiscard]] bool is_anything_wrong(const std::vector<finding>& found);

// One line per finding, and one more for what to do about it; at the end how it stands.
[[nodiscard]] std::string to_text(const std::vector<finding>& found);

}  // namespace palabre::doctor
