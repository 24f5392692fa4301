// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/read_settings.hpp"
#include "runtime/server/options.hpp"
#include "site/static_site.hpp"

#include <string>
#include <vector>

namespace palabre::cli {

// "http://127.0.0.1:8080": what a terminal makes clickable. All addresses become "localhost".
[[nodiscard]] std::string url_of(const server::endpoint& where);

// What is served where, and how to stop it, as a few lines for the owner. `site` and `metrics` may
// be null.
[[nodiscard]] std::string greet(
    const chosen_settings& chosen,
    const std::vector<server::endpoint>& served,
    const site::static_site* site,
    const server::endpoint* metrics
);

}  // namespace palabre::cli
