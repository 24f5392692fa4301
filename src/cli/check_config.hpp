// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/exit_code.hpp"
#include "config/settings.hpp"

#include <string>
#include <vector>

namespace palabre::cli {

// `palabre config check`: every mistake as file:line:column: message, or what will be served where.
// Looks at folders and certificates too, and changes nothing.
[[nodiscard]] exit_code check_config(const std::string& asked_for);

// What settings that read well name and is not there or of no use: folders and certificates. A
// sentence each. Changes nothing.
[[nodiscard]] std::vector<std::string> mistakes_in(const config::settings& chosen);

}  // namespace palabre::cli
