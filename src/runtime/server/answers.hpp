// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/request.hpp"
#include "http/response.hpp"
#include "runtime/server/options.hpp"

#include <cstdint>
#include <string_view>

namespace palabre::server {

// Answers that the server gives without asking the application.

// 308 to the same address in https; a 400 for the client of HTTP/1.0 that names no host.
[[nodiscard]] http::response redirect_to_https(
    const http::request& asked, std::uint16_t https_port, const problem_maker& make_problem
);

// To "OPTIONS *", which asks about the server and no page of it.
[[nodiscard]] http::response answer_for_server();

// 503 with Retry-After.
[[nodiscard]] http::response too_busy(const problem_maker& make_problem);

}  // namespace palabre::server
