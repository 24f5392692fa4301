// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/exit_code.hpp"

#include <string>

namespace palabre::cli {

// `palabre config check`: every mistake as file:line:column: message, or what will be served where.
// Looks at folders and certificates too, and changes nothing.
[[nodiscard]] exit_code check_config(const std::string& asked_for);

}  // namespace palabre::cli
