// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/exit_code.hpp"
#include "cli/read_settings.hpp"

namespace palabre::cli {

// `palabre config show`: all settings, as a settings file, on standard output.
[[nodiscard]] exit_code show_config(const chosen_settings& chosen);

}  // namespace palabre::cli
