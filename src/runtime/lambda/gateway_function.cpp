// SPDX-License-Identifier: Apache-2.0
#include "runtime/lambda/gateway_function.hpp"

#include "http/problem.hpp"
#include "runtime/lambda/gateway_answer.hpp"

namespace palabre::lambda {
namespace {

http::response answer_to(
    http::handler& application, const gateway_event& event, const http::request& asked
) {
    if (event.has_bad_body()) {
        return http::problem_response(
            {errc::malformed_request, "The body was announced as base64 and is not.", {}}
        );
    }
    if (auto at_once = application.answer_at_once(asked)) return *std::move(at_once);
    return application.handle(asked);
}

}  // namespace

std::string answer_event(
    http::handler& application, std::string_view event, const event_options& how
) {
    const gateway_event read(event, how);
    const http::request asked = read.request();
    std::string bytes = gateway_answer(answer_to(application, read, asked), asked, read.format());
    if (bytes.size() <= answer_bytes_max) return bytes;
    const auto problem = http::problem_response(
        {errc::internal_error, "This page is too long for one answer. Ask for fewer by ?limit=.", {}
        }
    );
    return gateway_answer(problem, asked, read.format());
}

}  // namespace palabre::lambda
