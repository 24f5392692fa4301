// SPDX-License-Identifier: Apache-2.0
#include "cli/show_config.hpp"

#include <fmt/format.h>

namespace palabre::cli {

exit_code show_config(const chosen_settings& chosen) {
    const auto source = chosen.file ? chosen.file->string() : std::string("defaults");
    fmt::print("# From {} and the environment.\n\n{}", source, config::to_toml(chosen.settings));
    return exit_code::fine;
}

}  // namespace palabre::cli
