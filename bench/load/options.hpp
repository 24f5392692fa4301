// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace bench {

enum class order { in_turn, at_random };

// What to send, to whom and how fast.
struct options {
    std::uint16_t port = 0;
    bool tls = false;              // certificates are not checked: it is our own server
    std::string from;              // address to send from, such as 127.0.0.2; empty: the usual
    unsigned connections = 64;     // each with one request under way at a time
    double warm_up_s = 0.2;        // sent as the rest is, and not counted
    double seconds = 2;            // counted
    std::uint64_t requests = 0;    // stop after so many, if that comes first; 0: no limit
    std::uint64_t per_second = 0;  // over all connections; 0: as fast as answers come
    std::string requests_file;     // see requests.hpp
    order taken = order::in_turn;
    std::uint64_t seed = 1;  // of the random order
};

}  // namespace bench
