// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/settings.hpp"
#include "http/flood_gate.hpp"
#include "http/handler.hpp"
#include "ports/clock.hpp"
#include "ports/request_log.hpp"
#include "runtime/server/server.hpp"
#include "site/static_site.hpp"
#include "store/sqlite/sqlite_store.hpp"

#include <memory>
#include <stdexcept>

namespace palabre::machine {

// A part could not begin. what() is a sentence that says what to do.
class startup_error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// Each makes a part as the settings have it, or throws startup_error. References outlive the part.

[[nodiscard]] std::unique_ptr<store::sqlite_store> open_store(
    const config::settings& chosen, const clock& wall, store_observer* observer
);

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
