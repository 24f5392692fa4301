// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/settings.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace palabre::config {

using place = std::variant<bool*, std::int64_t*, std::string*, std::vector<std::string>*>;

// One setting: what it is called, where its value goes, and what it may be. From this table come
// the reading of files and of the environment, `palabre config show` and every suggestion.
struct field {
    std::string_view section;
    std::string_view key;
    place (*of)(settings& in) = nullptr;
    std::int64_t least = 0;  // of numbers
    std::int64_t most = 0;
    // Whether a text, or each of a list, may stand here; and what to write instead.
    bool (*accepts)(std::string_view text) = nullptr;
    std::string_view instead = "";
    std::string_view help = "";  // a line for `config show`
};

[[nodiscard]] std::span<const field> schema();

}  // namespace palabre::config
