// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runtime/server/asio_types.hpp"
#include "runtime/server/loop.hpp"

namespace palabre::server {

// One connection from its first byte to its last: reads requests, asks the application, writes its
// answers in order. `served_by` outlives it.
task<void> serve_plain(loop& served_by, tcp_socket socket, endpoint where);
task<void> serve_tls(loop& served_by, tcp_socket socket);

}  // namespace palabre::server
