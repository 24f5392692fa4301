// SPDX-License-Identifier: Apache-2.0
#include "cli/read_settings.hpp"

#include <fmt/format.h>

#include <cstdio>

namespace palabre::cli {

std::optional<std::filesystem::path> find_settings_file(
    const std::string& asked_for, const config::environment& variables
) {
    if (!asked_for.empty()) return asked_for;
    const auto named = variables.find(std::string(config::file_variable));
    if (named != variables.end() && !named->second.empty()) return named->second;
    constexpr const char* usual = "palabre.toml";
    std::error_code ignored;
    if (std::filesystem::exists(usual, ignored)) return usual;
    return std::nullopt;
}

std::optional<chosen_settings> read_settings(const std::string& asked_for) {
    const auto variables = config::environment_of_process();
    auto file = find_settings_file(asked_for, variables);
    auto loaded = config::load(file, variables);
    if (loaded) return chosen_settings{std::move(*loaded), std::move(file)};
    for (const auto& problem : loaded.error())
        fmt::print(stderr, "{}\n", config::to_text(problem));
    return std::nullopt;
}

}  // namespace palabre::cli
