// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "aws/variables.hpp"
#include "home/function/cloud.hpp"
#include "home/function/settings_source.hpp"
#include "runtime/lambda/runtime_api.hpp"

#include <chrono>
#include <span>
#include <string_view>

namespace palabre::function {

// A function that this program can be: what _HANDLER calls it, and what builds it and serves events
// until Lambda is gone. `serve` throws lambda::runtime_gone at the end, and anything else when it
// cannot begin.
struct known_function {
    std::string_view handler;
    void (*serve)(lambda::runtime_api& runtime, cloud& with);
};

// Does what the environment asks for, and gives the exit code of the process. Whatever goes wrong
// before the first event is told to Lambda as well, which tells it to whoever called: without the
// details, which stand in the log.
[[nodiscard]] int run(std::span<const known_function> known, const aws::variables& environment);

// To connect at the start: of the ten seconds that Lambda gives. When it takes longer, the first
// request tries anew.
inline constexpr std::chrono::seconds warm_up_patience{2};

// The settings as PALABRE_PARAMETERS and the other variables have them. `with` outlives the result.
[[nodiscard]] settings_source make_settings_source(cloud& with);

}  // namespace palabre::function
