// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/failure.hpp"
#include "http/response.hpp"

namespace palabre::http {

// The one map from what went wrong to an HTTP status (RFC 9110 §15).
[[nodiscard]] unsigned status_of(errc code) noexcept;

// A failure as `application/problem+json` (RFC 9457), never cached. Errors that pass by themselves
// carry Retry-After.
[[nodiscard]] response problem_response(const failure& what);

}  // namespace palabre::http
