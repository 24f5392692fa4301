// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/exit_code.hpp"
#include "cli/read_settings.hpp"

#include <string>

namespace palabre::cli {

struct import_request {
    std::string engine;  // "wordpress" or "disqus"
    std::string file;
    std::string progress = "auto";  // or "plain" or "none"
    std::string json_file;          // for the report; empty: none
};

// `palabre import`. The report goes to standard output, progress and complaints to standard error.
// Throws std::exception with a sentence when it fails.
[[nodiscard]] exit_code import_comments(const import_request& asked, const chosen_settings& chosen);

}  // namespace palabre::cli
