// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ip_address.hpp"
#include "runtime/server/asio_types.hpp"

namespace palabre::server {

// Of the other end of a connection; unknown when it is gone already.
[[nodiscard]] inline ip_address peer_address(const tcp_socket& socket) {
    error_code failed;
    const asio::ip::address remote = socket.remote_endpoint(failed).address();
    if (failed) return {};
    if (remote.is_v4()) return ip_v4(remote.to_v4().to_bytes());
    return {remote.to_v6().to_bytes()};
}

}  // namespace palabre::server
