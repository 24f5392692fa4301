// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/read_settings.hpp"

#include <functional>

namespace palabre::cli {

// Builds the parts of the server and returns when it was told to stop. Throws startup_error, with
// a sentence for the owner, when it cannot begin.
using serve_function = std::function<void(const chosen_settings&)>;

// The program: reads the command line, does what it says, and returns the exit code. What went
// wrong is written to standard error in a sentence.
[[nodiscard]] int run(int argc, const char* const* argv, const serve_function& serve);

}  // namespace palabre::cli
