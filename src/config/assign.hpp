// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/schema.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace palabre::config {

// A value as an owner wrote it. std::monostate: of a kind that no setting has.
using written =
    std::variant<std::monostate, bool, std::int64_t, std::string, std::vector<std::string>>;

// Puts a value in its place. Otherwise says what is wrong and what to write, as a sentence without
// the name of the field and without its final stop; empty when all is well.
[[nodiscard]] std::string assign(const field& to, settings& in, written value);

// The same for a text of the environment, read as the field needs it.
[[nodiscard]] std::string assign_text(const field& to, settings& in, std::string_view text);

}  // namespace palabre::config
