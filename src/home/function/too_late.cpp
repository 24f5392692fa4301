// SPDX-License-Identifier: Apache-2.0
#include "home/function/too_late.hpp"

#include "http/problem.hpp"

#include <utility>

namespace palabre::function {

too_late::too_late(std::vector<std::string> allowed_origins) : cors_(std::move(allowed_origins)) {}

std::optional<http::response> too_late::answer_at_once(const http::request& asked) {
    return handle(asked);
}

http::response too_late::handle(const http::request& asked) {
    auto answer = http::problem_response(
        {errc::too_busy, "There was no time left for this request; nothing of it was done.", {}}
    );
    answer.route = "too late";
    answer.set("x-content-type-options", "nosniff");
    cors_.describe(asked, answer);
    return answer;
}

}  // namespace palabre::function
