// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/exit_code.hpp"
#include "cli/read_settings.hpp"

namespace palabre::cli {

// One word of the command line with the words below it: `palabre keys …`. Made with the parser that
// it adds its words to; asked once that has parsed.
class command {
public:
    virtual ~command() = default;

    [[nodiscard]] virtual bool chosen() const = 0;

    // Results go to standard output, complaints to standard error. Throws std::exception with a
    // sentence when it fails.
    [[nodiscard]] virtual exit_code run(const chosen_settings& settings) = 0;
};

}  // namespace palabre::cli
