// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>

namespace palabre::server {

// What goes on, for status pages and metrics. Every number may be read from any thread at any
// time; they are not a consistent picture of one instant.
struct server_stats {
    std::atomic<std::uint64_t> connections_open{0};
    std::atomic<std::uint64_t> connections_accepted{0};
    std::atomic<std::uint64_t> connections_refused{0};  // the limit was reached and none was idle
    std::atomic<std::uint64_t> connections_evicted{0};  // idle ones closed to make room
    std::atomic<std::uint64_t> tls_handshake_failures{0};
    std::atomic<std::uint64_t> requests_answered{0};
    std::atomic<std::uint64_t> requests_too_busy{0};  // 503 because the queue was full
    std::atomic<std::uint64_t> blocking_queue_length{0};
    std::atomic<std::uint64_t> blocking_threads_busy{0};
    std::atomic<std::uint64_t> blocking_threads{0};
};

}  // namespace palabre::server
