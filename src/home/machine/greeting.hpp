// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/settings.hpp"
#include "runtime/server/server.hpp"
#include "site/static_site.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace palabre::machine {

// "http://127.0.0.1:8080": what a terminal makes clickable. All addresses become "localhost".
[[nodiscard]] std::string url_of(const server::endpoint& where);

// Tells standard error what is served where, and how to stop it, in a few lines. Both servers have
// started. Without a settings file, `settings_file` is none; `watchers` (for metrics) and `site`
// may be null.
void greet(
    const config::settings& chosen,
    const std::optional<std::filesystem::path>& settings_file,
    const server::server& readers,
    const server::server* watchers,
    const site::static_site* site
);

}  // namespace palabre::machine
