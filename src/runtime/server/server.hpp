// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/handler.hpp"
#include "ports/request_log.hpp"
#include "runtime/server/options.hpp"
#include "runtime/server/stats.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace palabre::server {

// An HTTP/1.1 server, with TLS, that calls one handler: one event loop per core, each with its own
// acceptors (SO_REUSEPORT), and a small pool for what may block.
//
//   server::server running(options, application, &log);
//   running.start();                    // bound and serving from here on
//   …                                   // signals::wait(), reload_certificates()
//   running.shut_down();                // from any thread, any number of times
//   running.wait();
class server {
public:
    // `application` and `log` (may be null) must outlive the server. Throws std::runtime_error when
    // certificates cannot be used, std::invalid_argument when options make no sense.
    server(options chosen, http::handler& application, request_log* log);

    // Shuts down and waits.
    ~server();
    server(const server&) = delete;
    server& operator=(const server&) = delete;

    // Raises the limit of open files, binds all endpoints and starts the threads; once. Throws
    // std::system_error (the address is in use, …) with nothing left running.
    void start();

    // As asked for, with the ports that were bound. After start().
    [[nodiscard]] std::vector<endpoint> endpoints() const;

    // Reads the certificate files again, for new connections. The old ones stay, and the reason is
    // returned, when the new cannot be used. Any thread.
    [[nodiscard]] std::optional<std::string> reload_certificates();

    // Stops accepting, closes idle connections, lets requests in flight have their answer with
    // "Connection: close", ends what is left when the grace is over. Returns at once. Any thread.
    void shut_down();

    // Until the server has shut down. A handler that never returns is waited for. One thread.
    void wait();

    [[nodiscard]] const server_stats& stats() const noexcept;

private:
    struct parts;
    std::unique_ptr<parts> parts_;
};

}  // namespace palabre::server
