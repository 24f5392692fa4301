// SPDX-License-Identifier: Apache-2.0
#include "home/machine/metrics_page.hpp"

#include "http/problem.hpp"

namespace palabre::machine {

std::optional<http::response> metrics_page::answer_at_once(const http::request&) {
    return std::nullopt;
}

http::response metrics_page::handle(const http::request& asked) {
    if (asked.path != "/metrics") {
        return http::problem_response({errc::unknown_route, "Only /metrics is here.", {}});
    }
    if (asked.verb != http::method::get && asked.verb != http::method::head) {
        auto refused = http::problem_response({errc::method_not_allowed, "", {}});
        refused.set("allow", "GET, HEAD");
        return refused;
    }
    http::response answer;
    answer.route = "GET /metrics";
    answer.set("content-type", metrics::text_content_type);
    answer.set("cache-control", "no-store");
    answer.body = shown_.text();
    return answer;
}

}  // namespace palabre::machine
