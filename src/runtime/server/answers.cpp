// SPDX-License-Identifier: Apache-2.0
#include "runtime/server/answers.hpp"

#include <string>

namespace palabre::server {
namespace {

std::string_view without_port(std::string_view host) {
    if (host.starts_with('[')) return host.substr(0, host.find(']') + 1);
    return host.substr(0, host.find(':'));
}

}  // namespace

http::response redirect_to_https(
    const http::request& asked, std::uint16_t https_port, const problem_maker& make_problem
) {
    if (asked.host.empty()) {
        return make_problem(errc::malformed_request, "The Host header is missing.");
    }
    std::string target("https://");
    target.append(without_port(asked.host));
    if (https_port != 443) target.append(":").append(std::to_string(https_port));
    target.append(asked.path == "*" ? std::string_view("/") : asked.path);
    if (!asked.query.empty()) target.append("?").append(asked.query);
    http::response answer;
    answer.status = 308;
    answer.route = "redirect";
    answer.set("location", std::move(target));
    return answer;
}

http::response answer_for_server() {
    http::response answer;
    answer.status = 204;
    answer.set("allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
    return answer;
}

http::response too_busy(const problem_maker& make_problem) {
    http::response answer =
        make_problem(errc::too_busy, "Too much work is waiting. Try again in a moment.");
    if (answer.find("retry-after") == nullptr) answer.set("retry-after", "1");
    return answer;
}

}  // namespace palabre::server
