// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/socket.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace palabre::aws {

struct socket_address {
    sockaddr_storage bytes{};
    socklen_t length = 0;
};

// The addresses of a host, in the order to try them: by c-ares, which asks the hosts file and the
// name servers of /etc/resolv.conf by itself. glibc's getaddrinfo would load whatever
// /etc/nsswitch.conf names, which a static program cannot. An address stands for itself. Waits
// until the deadline at most. Throws connection_error (connection_error.hpp).
[[nodiscard]] std::vector<socket_address> resolve(
    const std::string& host, std::uint16_t port, std::chrono::steady_clock::time_point deadline
);

}  // namespace palabre::aws
