// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/request.hpp"
#include "http/response.hpp"
#include "runtime/lambda/escaped_bodies.hpp"
#include "runtime/lambda/gateway_event.hpp"

#include <cstddef>
#include <string>

namespace palabre::lambda {

// What a function may answer with, Lambda's own envelope included: 6 MB (Lambda quotas). Beyond it
// the Runtime API says 413, and the client would get a 502.
inline constexpr std::size_t answer_bytes_max = std::size_t{6} * 1024 * 1024;

// The JSON that API Gateway makes an HTTP response of, in the shape that the event had. What the
// server adds to an answer is here too where the gateway does not add it itself: the request id. A
// body that is not UTF-8 goes as base64. Without a body for HEAD, 204 and 304.
[[nodiscard]] std::string gateway_answer(
    const http::response& answer,
    const http::request& asked,
    payload format,
    escaped_bodies* known = nullptr  // bodies that are shared are looked up there
);

}  // namespace palabre::lambda
