// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/schema.hpp"
#include "config/settings.hpp"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace palabre::config {

// A settings file is a page or two. A larger one is another file given by mistake.
inline constexpr std::size_t file_bytes_max = 1024 * 1024;

// A mistake of the owner: where, and one sentence that says what to write instead.
struct problem {
    std::string file;        // as it was given, or "environment"
    std::uint32_t line = 0;  // from 1; 0: nowhere in particular
    std::uint32_t column = 0;
    std::string message;
    bool operator==(const problem&) const = default;
};

// "palabre.toml:3:1: message", as editors and terminals make clickable.
[[nodiscard]] std::string to_text(const problem& found);

// Variables whose names begin with PALABRE_.
using environment = std::map<std::string, std::string>;
[[nodiscard]] environment environment_of_process();

inline constexpr std::string_view variable_prefix = "PALABRE_";

// "PALABRE_SERVER_HTTP", of `http` in [server].
[[nodiscard]] std::string variable_of(const field& which);

// PALABRE_CONFIG names a settings file; it is the one such variable that is no setting.
inline constexpr std::string_view file_variable = "PALABRE_CONFIG";

// Settings, or every mistake at once.
using outcome = std::expected<settings, std::vector<problem>>;

// Defaults, then the file if one is given, then the environment: PALABRE_SERVER_HTTP overrides
// `http` of [server], with the items of lists between commas. What is not known is a mistake.
[[nodiscard]] outcome load(
    const std::optional<std::filesystem::path>& file, const environment& variables
);

// A setting in a store of parameters, by paths.
struct parameter {
    std::string name;  // as a whole: "/palabre/production/moderation/links_max"
    std::string rest;  // behind the common path: "moderation/links_max"
    std::string text;  // as in the environment
};

// Defaults, then parameters, then the environment. What is not known is a mistake.
[[nodiscard]] outcome load(std::span<const parameter> parameters, const environment& variables);

// As the first, for a text that stands for a file of that name. Never throws but for lack of
// memory.
[[nodiscard]] outcome parse(
    std::string_view text, std::string_view file_name, const environment& variables
);

// All settings as a settings file with a comment for each; parse gives the same settings back.
[[nodiscard]] std::string to_toml(const settings& shown);

}  // namespace palabre::config
