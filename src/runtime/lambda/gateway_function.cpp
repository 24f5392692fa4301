// SPDX-License-Identifier: Apache-2.0
#include "runtime/lambda/gateway_function.hpp"

#include "http/problem.hpp"
#include "runtime/lambda/gateway_answer.hpp"

namespace palabre::lambda {
namespace {

http::response refusal(errc code, std::string detail) {
    auto answer = http::problem_response({code, std::move(detail), {}});
    answer.route = "other";
    return answer;
}

http::response answer_to(
    http::handler& application,
    const gateway_event& event,
    const http::request& asked,
    std::size_t body_bytes_max
) {
    if (event.has_bad_body()) {
        return refusal(errc::malformed_request, "The body was announced as base64 and is not.");
    }
    if (asked.body.size() > body_bytes_max) {
        return refusal(errc::body_too_large, "The body is too large.");
    }
    if (auto at_once = application.answer_at_once(asked)) return *std::move(at_once);
    return application.handle(asked);
}

gateway_reply reply_with(
    const http::response& answer, const http::request& asked, payload format, escaped_bodies* known
) {
    gateway_reply made;
    made.json = gateway_answer(answer, asked, format, known);
    made.request_id = asked.request_id;
    made.client = to_string(asked.client);
    made.method = name_of(asked.verb);
    made.route = answer.route.empty() ? "other" : answer.route;
    made.status = answer.status;
    const bool has_body = asked.verb != http::method::head && http::may_have_body(answer.status);
    if (has_body) made.body_bytes = http::size_of(answer.body);
    return made;
}

}  // namespace

gateway_reply answer_event(
    http::handler& application, std::string_view event, const gateway_options& how
) {
    const gateway_event read(event, how.events);
    const http::request asked = read.request();
    const auto answer = answer_to(application, read, asked, how.body_bytes_max);
    auto reply = reply_with(answer, asked, read.format(), how.bodies);
    if (reply.json.size() <= answer_bytes_max) return reply;
    auto problem = http::problem_response(
        {errc::internal_error, "This page is too long for one answer. Ask for fewer by ?limit=.", {}
        }
    );
    problem.route = answer.route;
    return reply_with(problem, asked, read.format(), how.bodies);
}

}  // namespace palabre::lambda
