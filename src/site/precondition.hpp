// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/request.hpp"

#include <cstdint>
#include <string_view>

namespace palabre::site {

enum class precondition {
    proceed,
    not_modified,  // 304
    failed,        // 412
};

// Evaluates If-Match, If-Unmodified-Since, If-None-Match and If-Modified-Since of a GET or HEAD, in
// the order of RFC 9110 §13.2.2. `etag` is that of the chosen encoding, with its quotes.
[[nodiscard]] precondition evaluate(
    const http::request& asked, std::string_view etag, std::int64_t modified_at_s
);

// Whether If-Range allows a part (RFC 9110 §13.1.5): absent, or exactly this strong ETag. Dates
// never do: two encodings of one file share their date, and a mixture of them would be garbage.
[[nodiscard]] bool may_send_range(const http::request& asked, std::string_view etag);

}  // namespace palabre::site
