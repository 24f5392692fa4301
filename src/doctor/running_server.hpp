// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/finding.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace palabre::doctor {

// Where a server of these settings would answer.
struct server_address {
    std::string address;  // numeric; "0.0.0.0" and "::" are asked at the loopback
    std::uint16_t port = 0;
    bool tls = false;
};

// Of the answer to /health so much is read; ours has some hundred bytes.
inline constexpr std::size_t health_bytes_max = std::size_t{64} * 1024;

// Asks each address for /health. That nobody answers is only remarked: the server may be stopped.
// `patience` is how long each step of a conversation may take. Certificates are not looked at here.
[[nodiscard]] std::vector<finding> look_at_server(
    const std::vector<server_address>& where, std::chrono::seconds patience
);

}  // namespace palabre::doctor
