// SPDX-License-Identifier: Apache-2.0
#include "home/machine/absent_site.hpp"

#include "http/problem.hpp"

namespace palabre::machine {

std::optional<http::response> absent_site::answer_at_once(const http::request& asked) {
    return handle(asked);
}

http::response absent_site::handle(const http::request&) {
    auto answer = http::problem_response(
        {errc::unknown_route, "This server has comments only, at /commentaires.", {}}
    );
    answer.route = "none";
    return answer;
}

}  // namespace palabre::machine
