// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/handler.hpp"
#include "runtime/lambda/escaped_bodies.hpp"
#include "runtime/lambda/gateway_event.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace palabre::lambda {

struct gateway_options {
    event_options events;
    // Of a request; beyond: 413, as the server says it. What the gateway takes is far more.
    std::size_t body_bytes_max = std::size_t{64} * 1024;
    escaped_bodies* bodies = nullptr;  // outlives every call; null: each is escaped anew
};

// What the gateway wants, and what logs and metrics do.
struct gateway_reply {
    std::string json;
    std::string request_id;
    std::string client;       // its address
    std::string_view method;  // a literal
    std::string_view route;   // a literal: "GET /commentaires"
    unsigned status = 0;
    std::uint64_t body_bytes = 0;
};

// The function `api`: an event of API Gateway or a function URL, asked of the application as the
// server would ask it, and its answer as the gateway wants it. An answer that Lambda would not take
// becomes a problem that says what to do. Throws event_error for an event that is no HTTP request.
[[nodiscard]] gateway_reply answer_event(
    http::handler& application, std::string_view event, const gateway_options& how
);

}  // namespace palabre::lambda
