// SPDX-License-Identifier: Apache-2.0
#include "lambda/child.hpp"
#include "lambda/runtime_server.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace bench {
namespace {

// A function as short as can be: bash speaks to sockets too. `ask` sends a request and reads the
// answer, its body into $body and the id of an event into $id.
constexpr const char* speaks_http = R"(
LC_ALL=C
exec 3<>"/dev/tcp/${AWS_LAMBDA_RUNTIME_API/:/\/}"
base=/2018-06-01/runtime
ask() {
    local line length=0
    printf '%s %s HTTP/1.1\r\nHost: here\r\nContent-Length: %d\r\n\r\n%s' "$1" "$base$2" "${#3}" "$3" >&3
    while IFS= read -r line <&3; line=${line%$'\r'}; [ -n "$line" ]; do
        case $line in
            Content-Length:*) length=${line#*: } ;;
            Lambda-Runtime-Aws-Request-Id:*) id=${line#*: } ;;
        esac
    done
    IFS= read -r -N "$length" body <&3
}
)";

constexpr const char* echoes = R"(
while :; do
    ask GET /invocation/next
    ask POST "/invocation/$id/response" "{\"statusCode\": 20$((n++)), \"body\": \"$body\"}"
done
)";

std::vector<std::string> script(const std::string& text) {
    return {"/bin/bash", "-c", speaks_http + text};
}

session serve(const std::string& text, const std::vector<std::string>& events, std::size_t count) {
    runtime_server server;
    const child asking(script(text), {"AWS_LAMBDA_RUNTIME_API=" + server.address()}, -1);
    asking.let_go();
    return server.serve(asking, events, count);
}

std::string what_is_thrown_by(const std::string& text) {
    try {
        (void)serve(text, {"{}"}, 1);
    } catch (const std::runtime_error& error) {
        return error.what();
    }
    return "nothing was thrown";
}

TEST(runtime_server, hands_out_events_and_takes_answers) {
    const session seen = serve(echoes, {"first", "second"}, 3);
    EXPECT_EQ(seen.first_answer, R"({"statusCode": 200, "body": "first"})");
    EXPECT_EQ(seen.statuses, (std::map<int, std::uint64_t>{{200, 1}, {201, 1}, {202, 1}}));
    ASSERT_EQ(seen.events.size(), 3U);
    EXPECT_LE(seen.first_next, seen.events[0].handed);
    for (const invocation_times& each : seen.events)
        EXPECT_LT(each.handed, each.answered);
    EXPECT_LT(seen.events[1].processor_ns, seen.processor_ns);
}

TEST(runtime_server, ends_at_the_first_next_when_there_is_no_event) {
    const session seen = serve(echoes, {}, 0);
    EXPECT_TRUE(seen.events.empty());
    EXPECT_GT(seen.first_next_processor_ns, 0);
}

TEST(runtime_server, tells_what_the_function_reports) {
    EXPECT_EQ(
        what_is_thrown_by("ask POST /init/error no-table"),
        "the function sent /2018-06-01/runtime/init/error: no-table"
    );
}

TEST(runtime_server, sees_that_the_function_has_ended) {
    EXPECT_EQ(what_is_thrown_by("exit 0"), "the function's process has ended");
}

TEST(runtime_server, refuses_an_answer_before_an_event) {
    EXPECT_EQ(
        what_is_thrown_by("ask POST /invocation/1/response {}"),
        "the function answered before it asked"
    );
}

TEST(child, waits_until_it_is_let_go) {
    runtime_server server;
    const auto before = clock::now();
    const child asking(script(echoes), {"AWS_LAMBDA_RUNTIME_API=" + server.address()}, -1);
    const auto made = clock::now();
    asking.let_go();
    const session seen = server.serve(asking, {"{}"}, 1);
    EXPECT_LT(before, made);
    EXPECT_LE(made, asking.started_at());
    EXPECT_LT(asking.started_at(), seen.first_next);
    EXPECT_GT(asking.memory_peak_kb(), 100);
    EXPECT_GE(asking.processor_ns(), seen.processor_ns);
}

TEST(child, is_missed_when_its_program_is_not_there) {
    runtime_server server;
    const child asking({"/none/such"}, {}, -1);
    asking.let_go();
    EXPECT_THROW((void)server.serve(asking, {}, 0), std::runtime_error);
}

}  // namespace
}  // namespace bench
