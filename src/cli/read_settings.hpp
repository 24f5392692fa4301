// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/load.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace palabre::cli {

struct chosen_settings {
    config::settings settings;
    std::optional<std::filesystem::path> file;  // none: defaults and environment
};

// The settings file to use: the one asked for (empty: none was), or that of PALABRE_CONFIG, or
// palabre.toml in the present folder if it is there.
[[nodiscard]] std::optional<std::filesystem::path> find_settings_file(
    const std::string& asked_for, const config::environment& variables
);

// Reads it, and the environment. Empty after telling standard error every mistake.
[[nodiscard]] std::optional<chosen_settings> read_settings(const std::string& asked_for);

}  // namespace palabre::cli
