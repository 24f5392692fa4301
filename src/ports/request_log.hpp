// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace palabre {

// One answered request, as logs and metrics want it. The views live for the call only.
struct request_record {
    std::string_view request_id;
    std::string_view method;
    std::string_view route;  // "GET /commentaires", or "site" for a file
    unsigned status = 0;
    std::uint64_t bytes_sent = 0;    // of the body, after compression
    std::uint64_t microseconds = 0;  // from the last byte of the request to the last of the answer
    std::string_view address;        // of the client; empty unless the owner asked for it
};

// Told of every answered request. Called on event loops: must not block.
class request_log {
public:
    virtual ~request_log() = default;
    virtual void answered(const request_record& record) noexcept = 0;
};

}  // namespace palabre
