// SPDX-License-Identifier: Apache-2.0
#include "http/cors.hpp"

#include "http/problem.hpp"

#include <algorithm>

namespace palabre::http {
namespace {

// Browsers ask again after this; Chromium takes no longer time than two hours.
constexpr std::string_view preflight_seconds = "7200";

}  // namespace

bool is_own_origin(const request& asked, std::string_view origin) noexcept {
    const std::string_view scheme = asked.secure ? "https://" : "http://";
    return !asked.host.empty() && origin.starts_with(scheme) &&
           origin.substr(scheme.size()) == asked.host;
}

bool cors::allows(const request& asked) const {
    const auto origin = asked.header("origin");
    return !origin || is_own_origin(asked, *origin) ||
           std::ranges::find(allowed_origins_, *origin) != allowed_origins_.end();
}

void cors::describe(const request& asked, response& answer) const {
    answer.set("vary", "origin, accept-encoding");
    const auto origin = asked.header("origin");
    if (!origin || !allows(asked)) return;
    answer.set("access-control-allow-origin", std::string(*origin));
    answer.set("access-control-expose-headers", "etag, location, retry-after, x-request-id");
}

response cors::answer_preflight(const request& asked, std::string_view methods) const {
    if (!allows(asked)) {
        return problem_response(
            {errc::origin_refused, "Ask the owner of this service to list your origin.", {}}
        );
    }
    response answer;
    answer.status = 204;
    answer.set("allow", std::string(methods));
    answer.set("access-control-allow-methods", std::string(methods));
    answer.set(
        "access-control-allow-headers", "content-type, idempotency-key, x-api-key, edit-token"
    );
    answer.set("access-control-max-age", std::string(preflight_seconds));
    return answer;
}

}  // namespace palabre::http
