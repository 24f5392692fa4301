// SPDX-License-Identifier: Apache-2.0
#include "http/router.hpp"

namespace palabre::http {
namespace {

constexpr std::string_view placeholder = "{id}";

bool fits(std::string_view pattern, std::string_view path) {
    if (!pattern.ends_with(placeholder)) return pattern == path;
    const auto prefix = pattern.substr(0, pattern.size() - placeholder.size());
    return path.starts_with(prefix) && path.size() > prefix.size() &&
           path.find('/', prefix.size()) == std::string_view::npos;
}

std::string_view allowed_by(method verb) {
    switch (verb) {
        case method::get:
            return "GET, HEAD";
        case method::post:
            return "POST";
        case method::put:
            return "PUT";
        case method::patch:
            return "PATCH";
        case method::delete_resource:
            return "DELETE";
        default:
            return "OPTIONS";
    }
}

}  // namespace

router::match router::look_up(const request& asked) const {
    match result;
    std::string_view pattern;
    for (const route& candidate : routes_) {
        // Once a pattern has fitted, a less exact one no longer counts.
        if (!fits(candidate.pattern, asked.path)) continue;
        if (!pattern.empty() && candidate.pattern != pattern) continue;
        pattern = candidate.pattern;
        if (candidate.verb == effective(asked.verb)) result.found = &candidate;
        if (!result.methods.empty()) result.methods += ", ";
        result.methods += allowed_by(candidate.verb);
    }
    if (!result.methods.empty()) result.methods += ", OPTIONS";
    return result;
}

std::string_view last_segment(std::string_view path) noexcept {
    return path.substr(path.rfind('/') + 1);
}

response json_response(unsigned status, std::string json) {
    response answer;
    answer.status = status;
    answer.set("content-type", "application/json");
    answer.set("cache-control", "no-store");
    answer.body = std::move(json);
    return answer;
}

}  // namespace palabre::http
