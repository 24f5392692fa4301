// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/handler.hpp"
#include "runtime/lambda/gateway_event.hpp"

#include <string>
#include <string_view>

namespace palabre::lambda {

// The function `api`: an event of API Gateway or a function URL, asked of the application as the
// server would ask it, and its answer as the gateway wants it. An answer that Lambda would not take
// becomes a problem that says what to do. Throws event_error for an event that is no HTTP request.
[[nodiscard]] std::string answer_event(
    http::handler& application, std::string_view event, const event_options& how
);

}  // namespace palabre::lambda
