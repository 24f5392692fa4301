// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/request.hpp"
#include "http/response.hpp"

#include <optional>

namespace palabre::http {

// The application, or a part of it: a function from request to response, without sockets. Servers
// and Lambda runtimes are two things that can call it. Safe from any thread.
class handler {
public:
    virtual ~handler() = default;

    // The answer, if it can be given from memory in microseconds. Never blocks, so an event loop
    // may call it. Empty: ask handle() where blocking is allowed.
    [[nodiscard]] virtual std::optional<response> answer_at_once(const request& asked) = 0;

    // The answer. May block. Does not throw: a broken world becomes a 500 or 503 (RFC 9457).
    [[nodiscard]] virtual response handle(const request& asked) = 0;
};

}  // namespace palabre::http
