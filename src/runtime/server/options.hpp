// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/failure.hpp"
#include "core/ip_address.hpp"
#include "guard/trusted_proxies.hpp"
#include "http/response.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace palabre::server {

// How an endpoint speaks. `redirect` answers every request with a 308 to the same address in https.
enum class transport { plain, tls, redirect };

struct endpoint {
    std::string address = "127.0.0.1";  // numeric; "::" does not stand for IPv4 too
    std::uint16_t port = 0;             // 0: the kernel chooses one
    transport speaks = transport::plain;
    std::uint16_t https_port = 443;  // where `redirect` sends readers; 443 is left out of the URL
};

// What a client may ask of us before it is answered with an error. Every number has a test that
// crosses it (tests/unit/server).
struct request_limits {
    // As nginx and Node: cookies of a busy domain fit, a flood of invented headers does not.
    std::size_t head_bytes = std::size_t{16} * 1024;   // beyond: 431
    std::size_t headers = 100;                         // beyond: 431; look-ups are linear
    std::size_t target_bytes = std::size_t{4} * 1024;  // beyond: 414
    // The longest comment (limits.hpp), every character escaped in JSON, with room to spare.
    std::size_t body_bytes = std::size_t{64} * 1024;  // beyond: 413
};

struct timeouts {
    using duration = std::chrono::milliseconds;
    duration tls_handshake{10'000};
    duration head{10'000};  // from the first byte of a request to the end of its head; then 408
    duration body{20'000};  // from the end of the head to the end of the body; then 408
    duration keep_alive{60'000};      // between two requests; then closed without a word
    duration write_progress{30'000};  // a reader that takes not one byte for so long is dropped
    duration linger{2'000};  // after our last word, for the client to read it before we close
    duration shutdown_grace{10'000};  // for requests in flight when the server shuts down
    duration sweep{250};  // how often deadlines are looked at: they are kept to within this
};

struct tls_files {
    std::filesystem::path certificate_chain;  // PEM, the leaf first
    std::filesystem::path private_key;        // PEM
};

// Makes the body of an answer that the server gives by itself, before the application is asked.
using problem_maker = std::function<http::response(errc code, std::string detail)>;

struct options {
    std::vector<endpoint> endpoints;
    std::optional<tls_files> tls;        // needed when an endpoint speaks tls
    problem_maker make_problem;          // needed
    std::size_t threads = 0;             // event loops; 0: one per core
    std::size_t connections_max = 8192;  // over all loops; beyond, the longest idle one gives way
    std::size_t blocking_threads_max = 64;  // they wait for disk and locks, so more than cores
    // Of those, reading at a time: as many as the database has readers. More would only take turns.
    std::size_t reading_threads_max = 4;
    std::size_t blocking_queue_max = 1024;        // beyond: 503 with Retry-After
    std::size_t requests_per_connection_max = 0;  // 0: no limit
    request_limits limits;
    timeouts times;
    bool log_addresses = false;      // fill request_record::address
    guard::trusted_proxies proxies;  // whose word about the client's address counts
    // Told of what a client sends that the application never sees: no HTTP, too late, for the
    // server itself, a handshake that failed. False: the client is hung up on without an answer.
    // Called on event loops: must not block. Empty: nobody counts.
    std::function<bool(const ip_address&, std::chrono::steady_clock::time_point)> count_unserved;
    // Asked of each connection that is not a trusted proxy's. False: it is closed at once, before
    // any TLS. Called on event loops. Empty: everybody may.
    std::function<bool(const ip_address&, std::chrono::steady_clock::time_point)> may_connect;
    // Answers of 429 in a row (at least 1), then the connection is closed: who goes on has to
    // connect anew.
    std::size_t refusals_per_connection_max = 16;
    // Told, at start, of a limit that had to be lowered. Empty: written to standard error.
    std::function<void(std::string_view)> warn;
};

}  // namespace palabre::server
