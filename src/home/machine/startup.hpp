// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/settings.hpp"
#include "home/machine/startup_error.hpp"
#include "http/flood_gate.hpp"
#include "http/handler.hpp"
#include "ports/request_log.hpp"
#include "runtime/server/server.hpp"
#include "site/static_site.hpp"

#include <memory>

namespace palabre::machine {

// Each makes a part as the settings have it, or throws startup_error. References outlive the part.

// Null when there is no site.
[[nodiscard]] std::unique_ptr<site::static_site> open_site(const config::settings& chosen);

// Null when requests are not limited.
[[nodiscard]] std::unique_ptr<http::flood_gate> make_flood_gate(
    const config::settings& chosen, http::handler& application
);

// Asks `gate` instead of the application when there is one. Not started yet.
[[nodiscard]] std::unique_ptr<server::server> make_server(
    const config::settings& chosen,
    http::handler& application,
    http::flood_gate* gate,
    request_log& log
);

// For /metrics; null when that is off. Not started yet.
[[nodiscard]] std::unique_ptr<server::server> make_metrics_server(
    const config::settings& chosen, http::handler& page
);

// `setting` is where its addresses are chosen: "http and https in [server]".
void start(server::server& made, std::string_view setting);

}  // namespace palabre::machine
