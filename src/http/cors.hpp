// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/request.hpp"
#include "http/response.hpp"

#include <string>
#include <vector>

namespace palabre::http {

// Whether the page that asks was served by the server it asks.
[[nodiscard]] bool is_own_origin(const request& asked, std::string_view origin) noexcept;

// Which pages may use the API from a browser (the Fetch standard, §3.2). Pages of the server's own
// origin always may; others only if their origin is listed, as "https://blog.example" (scheme, host
// and port as browsers send them). Reading and posting are treated alike; no cookie is ever used.
class cors {
public:
    explicit cors(std::vector<std::string> allowed_origins)
        : allowed_origins_(std::move(allowed_origins)) {}

    // False when a browser sent the request for a page of an origin that is not allowed. True when
    // there is no Origin header: such a client is no browser, and could send any header it likes.
    [[nodiscard]] bool allows(const request& asked) const;

    // Adds the fields that let the page read the answer, and Vary, so that caches keep them apart.
    void describe(const request& asked, response& answer) const;

    // The answer to a preflight request; `methods` as in "GET, HEAD, POST".
    [[nodiscard]] response answer_preflight(const request& asked, std::string_view methods) const;

private:
    std::vector<std::string> allowed_origins_;
};

}  // namespace palabre::http
