// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/schema.hpp"

#include <string>
#include <string_view>

namespace palabre::config {

// What settings are called, and what to tell who wrote another name.

// "server.http"
[[nodiscard]] std::string name_of(const field& which);

[[nodiscard]] bool is_section(std::string_view name);
// Null when [section] has no such setting.
[[nodiscard]] const field* find_field(std::string_view section, std::string_view key);

enum class written_as { section, value };
[[nodiscard]] std::string unknown_section(std::string_view name, written_as what);
[[nodiscard]] std::string unknown_key(std::string_view section, std::string_view key);
[[nodiscard]] std::string unknown_variable(const std::string& name);
// `rest` is what stands behind the path of the parameters.
[[nodiscard]] std::string unknown_parameter(std::string_view rest);

}  // namespace palabre::config
