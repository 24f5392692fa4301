// SPDX-License-Identifier: Apache-2.0
// The loop against a Runtime API that misbehaves.
#include "runtime/lambda/function_loop.hpp"

#include "unit/aws/scripted_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <latch>
#include <thread>

namespace palabre::lambda {
namespace {

using test::scripted_server;
using testing::ElementsAre;
using testing::HasSubstr;
using pieces = scripted_server::pieces;

constexpr std::string_view accepted =
    "HTTP/1.1 202 Accepted\r\nContent-Type: application/json\r\nContent-Length: 16\r\n\r\n"
    "{\"status\":\"OK\"}\n";
constexpr std::string_view gone = "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n";

std::string event(std::string_view id, std::string_view body, std::string_view more = "") {
    std::string text = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    text.append("Lambda-Runtime-Aws-Request-Id: ").append(id).append("\r\n").append(more);
    text.append("Content-Length: ").append(std::to_string(body.size()));
    return text.append("\r\n\r\n").append(body);
}

std::string refusal(unsigned status) {
    return "HTTP/1.1 " + std::to_string(status) + " No\r\nContent-Length: 2\r\n\r\n{}";
}

class function_loop : public testing::Test {
protected:
    // Serves until Lambda is gone, and gives the last words.
    std::string run(scripted_server& behind, const function& answer) {
        runtime_api api(host_header(behind.where()));
        try {
            serve(api, answer, [this](std::string_view said) { told_.emplace_back(said); });
        } catch (const runtime_gone& end) {
            return end.what();
        }
    }
    static std::string echo(const invocation& asked) { return "\"" + asked.event + "\""; }

    std::vector<std::string> told_;
};

TEST_F(function_loop, answers_one_event_after_the_other_on_one_connection) {
    const std::string first = event("id-1", "one");
    const std::string second = event("id-2", "two");
    scripted_server lambda({{
        {.answer = first},
        {.answer = accepted},
        {.answer = second},
        {.answer = accepted},
        {.answer = gone},
    }});
    EXPECT_EQ(run(lambda, echo), "no event: the Runtime API answered 500");
    EXPECT_EQ(lambda.accepted(), 1);
    const std::string heard = lambda.heard();
    EXPECT_THAT(heard, HasSubstr("GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\n"));
    EXPECT_THAT(heard, HasSubstr("POST /2018-06-01/runtime/invocation/id-1/response HTTP/1.1\r\n"));
    EXPECT_THAT(heard, HasSubstr("Content-Length: 5\r\n\r\n\"one\""));
    EXPECT_THAT(heard, HasSubstr("/invocation/id-2/response HTTP/1.1\r\n"));
    EXPECT_THAT(told_, ElementsAre());
}

TEST_F(function_loop, reads_what_lambda_says_of_an_event) {
    const std::string told = event(
        "id",
        "e",
        "lambda-runtime-deadline-ms: 1763856000123\r\nLAMBDA-RUNTIME-TRACE-ID: "
        "Root=1-2;Sampled=1\r\n"
    );
    const std::string silent = event("id", "e", "Lambda-Runtime-Deadline-Ms: soon\r\n");
    scripted_server lambda(
        {{{.answer = told},
          {.answer = accepted},
          {.answer = silent},
          {.answer = accepted},
          {.answer = gone}}}
    );
    std::vector<invocation> seen;
    std::vector<std::string> traces;
    run(lambda, [&](const invocation& asked) {
        seen.push_back(asked);
        const char* trace = std::getenv("_X_AMZN_TRACE_ID");
        traces.emplace_back(trace != nullptr ? trace : "none");
        return std::string("{}");
    });
    ASSERT_EQ(seen.size(), 2U);
    EXPECT_EQ(seen[0].deadline_ms, 1'763'856'000'123);
    EXPECT_EQ(seen[1].deadline_ms, std::nullopt);
    EXPECT_THAT(traces, ElementsAre("Root=1-2;Sampled=1", "none"));
}

TEST_F(function_loop, needs_no_content_type_and_takes_headers_in_pieces) {
    const std::string bare =
        "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: id\r\nContent-Length: 1\r\n\r\ne";
    scripted_server lambda(
        {{{.answer = bare, .as = pieces::bytes},
          {.answer = accepted, .as = pieces::bytes},
          {.answer = gone}}}
    );
    run(lambda, echo);
    EXPECT_THAT(lambda.heard(), HasSubstr("\"e\""));
}

TEST_F(function_loop, survives_a_function_that_throws) {
    const std::string first = event("id-1", "bad");
    const std::string second = event("id-2", "good");
    scripted_server lambda({{
        {.answer = first},
        {.answer = accepted},
        {.answer = second},
        {.answer = accepted},
        {.answer = gone},
    }});
    run(lambda, [](const invocation& asked) -> std::string {
        if (asked.event == "bad") throw std::runtime_error("la clé « café » 😀 est fausse");
        return echo(asked);
    });
    const std::string heard = lambda.heard();
    EXPECT_THAT(heard, HasSubstr("/invocation/id-1/error HTTP/1.1\r\n"));
    EXPECT_THAT(heard, HasSubstr("Lambda-Runtime-Function-Error-Type: Function.Exception\r\n"));
    EXPECT_THAT(heard, HasSubstr(R"("errorType":"Function.Exception","stackTrace":[]})"));
    EXPECT_THAT(heard, testing::Not(HasSubstr("café"))) << "what it says is for the log";
    EXPECT_THAT(
        told_, ElementsAre("invocation id-1: the function failed: la clé « café » 😀 est fausse")
    );
    EXPECT_THAT(heard, HasSubstr("\"good\""));
}

TEST_F(function_loop, goes_on_after_an_answer_that_was_not_taken) {
    const std::string asked = event("id", "e");
    const std::string too_large = refusal(413);
    const std::string too_late = refusal(403);
    const std::string other = refusal(400);
    scripted_server lambda({{
        {.answer = asked},
        {.answer = too_large},
        {.answer = asked},
        {.answer = too_late},
        {.answer = asked},
        {.answer = other},
        {.answer = gone},
    }});
    run(lambda, echo);
    EXPECT_EQ(told_.size(), 3U);
    EXPECT_THAT(told_[0], HasSubstr("larger than Lambda takes"));
    EXPECT_THAT(told_[1], HasSubstr("too late"));
    EXPECT_THAT(lambda.heard(), testing::Not(HasSubstr("/error")));
}

TEST_F(function_loop, ends_when_the_container_is_broken) {
    const std::string asked = event("id", "e");
    scripted_server lambda({{{.answer = asked}, {.answer = gone}}});
    EXPECT_EQ(run(lambda, echo), "the Runtime API answered 500");
    const std::string nameless = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\ne";
    scripted_server odd({{{.answer = nameless}}});
    EXPECT_EQ(run(odd, echo), "an event without a request id");
    const std::string wrong_phase = refusal(403);
    scripted_server early({{{.answer = wrong_phase}}});
    EXPECT_EQ(run(early, echo), "no event: the Runtime API answered 403");
}

TEST_F(function_loop, comes_back_when_the_connection_was_closed_between_calls) {
    const std::string first = event("id-1", "one");
    const std::string second = event("id-2", "two");
    scripted_server lambda({
        {{.answer = first, .closes = true}},
        {{.answer = accepted, .closes = true}},
        {{.answer = second}, {.answer = accepted}, {.answer = gone}},
    });
    run(lambda, echo);
    EXPECT_THAT(lambda.heard(), HasSubstr("\"two\""));
}

// Between two events the process may be frozen; no silence is too long.
TEST_F(function_loop, waits_for_an_event_however_long) {
    std::latch asked_again(1);
    const std::string late = event("id", "late");
    scripted_server lambda({{
        {.answer = late, .before = [&] { asked_again.wait(); }},
        {.answer = accepted},
        {.answer = gone},
    }});
    std::jthread running([&] { run(lambda, echo); });
    std::this_thread::yield();
    asked_again.count_down();
    running.join();
    EXPECT_THAT(lambda.heard(), HasSubstr("\"late\""));
}

TEST_F(function_loop, takes_an_event_of_six_megabytes) {
    const std::string large = event("id", std::string(6'291'456, 'x'));
    scripted_server lambda({{{.answer = large}, {.answer = accepted}, {.answer = gone}}});
    std::size_t seen = 0;
    run(lambda, [&](const invocation& asked) {
        seen = asked.event.size();
        return std::string("{}");
    });
    EXPECT_EQ(seen, 6'291'456U);
}

// Memory that could not be had once leaves who knows what half done; a new process is whole.
TEST_F(function_loop, ends_when_memory_has_run_out) {
    const std::string asked = event("id", "e");
    scripted_server lambda({{{.answer = asked}, {.answer = accepted}}});
    const auto last_words =
        run(lambda, [](const invocation&) -> std::string { throw std::bad_alloc(); });
    EXPECT_THAT(last_words, HasSubstr("not enough memory"));
    EXPECT_THAT(lambda.heard(), HasSubstr("/invocation/id/error HTTP/1.1\r\n"));
}

TEST_F(function_loop, does_what_is_to_be_done_between_events_after_every_one_of_them) {
    const std::string first = event("id-1", "bad");
    const std::string second = event("id-2", "good");
    scripted_server lambda({{
        {.answer = first},
        {.answer = accepted},
        {.answer = second},
        {.answer = accepted},
        {.answer = gone},
    }});
    std::vector<std::string> done;
    runtime_api api(host_header(lambda.where()));
    const auto answer = [&](const invocation& asked) -> std::string {
        if (asked.event == "bad") throw std::runtime_error("no");
        return echo(asked);
    };
    const auto then = [&](const invocation& asked) {
        EXPECT_THAT(lambda.heard(), HasSubstr("/invocation/" + asked.request_id + "/"));
        done.push_back(asked.request_id);
    };
    EXPECT_THROW(serve(api, answer, [](auto) {}, then), runtime_gone);
    EXPECT_THAT(done, ElementsAre("id-1", "id-2"));
}

TEST_F(function_loop, says_that_a_function_cannot_start) {
    scripted_server lambda({{{.answer = accepted}}});
    runtime_api api(host_header(lambda.where()));
    api.fail_start({"Runtime.ConfigInvalid", "la table « é » manque"});
    EXPECT_THAT(lambda.heard(), HasSubstr("POST /2018-06-01/runtime/init/error HTTP/1.1\r\n"));
    EXPECT_THAT(
        lambda.heard(),
        HasSubstr(R"({"errorMessage":"la table « é » manque","errorType":"Runtime.ConfigInvalid")")
    );
    EXPECT_THROW(runtime_api("nowhere:x"), std::runtime_error);
}

}  // namespace
}  // namespace palabre::lambda
