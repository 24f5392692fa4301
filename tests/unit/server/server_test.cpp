// SPDX-License-Identifier: Apache-2.0
#include "unit/server/test_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <set>

namespace palabre::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

TEST(server, answers_on_one_connection_again_and_again) {
    test_server served;
    raw_client client = served.connect();
    std::set<std::string> ids;
    for (int i = 0; i < 3; ++i) {
        const raw_answer answer = client.ask(get("/now"));
        EXPECT_EQ(answer.status_line, "HTTP/1.1 200 OK");
        EXPECT_EQ(answer.body, "now");
        EXPECT_THAT(answer.header("date"), MatchesRegex("..., .. ... .... ..:..:.. GMT"));
        EXPECT_THAT(answer.header("x-request-id"), MatchesRegex("[0-9a-f]{16}"));
        EXPECT_EQ(answer.header("connection"), "");
        ids.insert(answer.header("x-request-id"));
    }
    EXPECT_EQ(ids.size(), 3U);
    EXPECT_EQ(served.running.stats().connections_accepted, 1U);
}

TEST(server, passes_on_what_was_asked_and_does_the_rest_on_the_pool) {
    test_server served;
    const raw_answer answer = served.connect().ask(
        "POST /echo?a=b HTTP/1.1\r\nHost: example.org:81\r\nX-Request-Id: mine\r\n"
        "Content-Length: 5\r\n\r\nhello"
    );
    EXPECT_THAT(
        answer.body, HasSubstr("path=/echo query=a=b host=example.org:81 secure=no body=hello")
    );
    EXPECT_NE(answer.header("x-request-id"), "mine");
}

TEST(server, answers_pipelined_requests_in_order) {
    test_server served;
    raw_client client = served.connect();
    std::string all;
    for (int i = 0; i < 20; ++i)
        all += get("/echo?" + std::to_string(i)) + get("/now");
    client.send(all);
    for (int i = 0; i < 20; ++i) {
        EXPECT_THAT(client.receive().body, HasSubstr("query=" + std::to_string(i) + " "));
        EXPECT_EQ(client.receive().body, "now");
    }
}

TEST(server, answers_a_client_that_has_finished_sending) {
    test_server served;
    raw_client client = served.connect();
    client.send(get("/echo") + get("/now"));
    client.finish_sending();
    EXPECT_EQ(client.receive().status, 200U);
    EXPECT_EQ(client.receive().body, "now");
    EXPECT_TRUE(client.closed_by_server());
}

TEST(server, closes_when_asked_to_and_for_old_clients) {
    test_server served;
    raw_client polite = served.connect();
    EXPECT_EQ(
        polite.ask("GET /now HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            .header("connection"),
        "close"
    );
    EXPECT_TRUE(polite.closed_by_server());
    raw_client old = served.connect();
    EXPECT_EQ(old.ask("GET /now HTTP/1.0\r\n\r\n").body, "now");
    EXPECT_TRUE(old.closed_by_server());
    raw_client kept = served.connect();
    const char* keep = "GET /now HTTP/1.0\r\nConnection: keep-alive\r\n\r\n";
    EXPECT_EQ(kept.ask(keep).header("connection"), "keep-alive");
    EXPECT_EQ(kept.ask(keep).body, "now");
}

TEST(server, closes_after_the_last_request_that_a_connection_may_make) {
    test_server served([](server::options& o) { o.requests_per_connection_max = 2; });
    raw_client client = served.connect();
    EXPECT_EQ(client.ask(get("/now")).header("connection"), "");
    EXPECT_EQ(client.ask(get("/now")).header("connection"), "close");
    EXPECT_TRUE(client.closed_by_server());
}

TEST(server, leaves_out_bodies_where_there_are_none) {
    test_server served;
    raw_client client = served.connect();
    client.send("HEAD /bytes HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(client.receive_without_body().header("content-length"), "4096");
    client.send(get("/unchanged"));
    const raw_answer unchanged = client.receive_without_body();
    EXPECT_EQ(unchanged.status, 304U);
    EXPECT_EQ(unchanged.header("content-length"), "");
    client.send(get("/empty"));
    EXPECT_EQ(client.receive_without_body().status, 204U);
    EXPECT_EQ(client.ask(get("/now")).body, "now");  // no stray byte in between
}

TEST(server, says_continue_to_a_client_that_waits_for_it) {
    test_server served;
    raw_client client = served.connect();
    client.send(
        "POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n"
    );
    EXPECT_EQ(client.receive_without_body().status, 100U);
    EXPECT_THAT(client.ask("hello").body, HasSubstr("body=hello"));
}

TEST(server, answers_a_refused_request_with_a_problem_and_closes) {
    test_server served;
    raw_client client = served.connect();
    const raw_answer answer =
        client.ask("GET / HTTP/1.1\r\nHost: a\r\nContent-Length : 4\r\n\r\nGET /now");
    EXPECT_EQ(answer.status, 400U);
    EXPECT_EQ(answer.header("content-type"), "application/problem+json");
    EXPECT_EQ(answer.header("connection"), "close");
    client.finish_sending();
    EXPECT_TRUE(client.closed_by_server());
    const std::vector<logged> records = served.log.wait_for(1);
    ASSERT_EQ(records.size(), 1U);
    EXPECT_EQ(records[0].status, 400U);
    EXPECT_EQ(records[0].method, "-");
    EXPECT_EQ(records[0].request_id, answer.header("x-request-id"));
}

// A client that is in the middle of a large body when it is refused must still read why.
TEST(server, lets_a_client_read_the_refusal_of_a_body_it_is_sending) {
    test_server served;
    raw_client client = served.connect();
    client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n");
    client.send(std::string(200'000, 'x'));
    EXPECT_EQ(client.receive().status, 413U);
}

TEST(server, answers_each_crossed_limit_with_its_status) {
    test_server served;
    const std::string large(20'000, 'x');
    EXPECT_EQ(served.connect().ask(get("/" + large)).status, 414U);
    EXPECT_EQ(served.connect().ask("GET / HTTP/1.1\r\nX: " + large).status, 431U);
    EXPECT_EQ(served.connect().ask("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").status, 400U);
}

TEST(server, answers_for_itself_when_asked_for_its_options) {
    test_server served;
    raw_client client = served.connect();
    client.send("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n");
    const raw_answer answer = client.receive_without_body();
    EXPECT_EQ(answer.status, 204U);
    EXPECT_THAT(answer.header("allow"), HasSubstr("POST"));
}

TEST(server, turns_an_exception_into_a_500_without_detail) {
    test_server served([](server::options& o) { o.warn = [](std::string_view) {}; });
    raw_client client = served.connect();
    for (const char* path : {"/throws", "/throws-at-once"}) {
        const raw_answer answer = client.ask(get(path));
        EXPECT_EQ(answer.status, 500U);
        EXPECT_THAT(answer.body, Not(HasSubstr("purpose")));
    }
    EXPECT_EQ(client.ask(get("/now")).status, 200U);
}

TEST(server, does_not_write_headers_through_values) {
    test_server served;
    const raw_answer answer = served.connect().ask(get("/inject"));
    EXPECT_EQ(answer.body, "safe");
    EXPECT_EQ(answer.header("set-cookie"), "");
}

class temporary_file {
public:
    explicit temporary_file(std::uint64_t bytes) : file_(std::tmpfile()) {
        std::string block(1 << 20, '\0');
        for (std::uint64_t done = 0; done < bytes; done += block.size()) {
            for (std::size_t i = 0; i < block.size(); ++i)
                block[i] = byte_at(done + i);
            const std::size_t count = std::min<std::uint64_t>(block.size(), bytes - done);
            EXPECT_EQ(std::fwrite(block.data(), 1, count, file_), count);
        }
        std::fflush(file_);
    }
    ~temporary_file() { std::fclose(file_); }
    temporary_file(const temporary_file&) = delete;
    temporary_file& operator=(const temporary_file&) = delete;
    [[nodiscard]] int descriptor() const { return ::fileno(file_); }
    static char byte_at(std::uint64_t offset) { return static_cast<char>((offset * 31) >> 5U); }

private:
    std::FILE* file_;
};

bool matches(std::string_view body, std::uint64_t offset) {
    for (std::size_t i = 0; i < body.size(); ++i) {
        if (body[i] != temporary_file::byte_at(offset + i)) return false;
    }
    return true;
}

TEST(server, sends_a_large_file_and_parts_of_it) {
    constexpr std::uint64_t bytes = 5'000'011;
    const temporary_file file(bytes);
    test_server served;
    served.application.file = std::make_shared<http::open_file>(::dup(file.descriptor()));
    served.application.file_bytes = bytes;
    raw_client client = served.connect();
    const raw_answer whole = client.ask(get("/file"));
    EXPECT_EQ(whole.body.size(), bytes);
    EXPECT_TRUE(matches(whole.body, 0));
    const raw_answer part =
        client.ask("GET /file HTTP/1.1\r\nHost: a\r\npart: 1234567+200000\r\n\r\n");
    EXPECT_EQ(part.body.size(), 200'000U);
    EXPECT_TRUE(matches(part.body, 1'234'567));
    EXPECT_EQ(client.ask(get("/now")).body, "now");
    EXPECT_EQ(served.log.wait_for(1).at(0).bytes_sent, bytes);
}

TEST(server, breaks_off_when_a_file_is_shorter_than_promised) {
    const temporary_file file(100'000);
    test_server served;
    served.application.file = std::make_shared<http::open_file>(::dup(file.descriptor()));
    raw_client client = served.connect();
    const raw_answer part = client.ask("GET /file HTTP/1.1\r\nHost: a\r\npart: 0+200000\r\n\r\n");
    EXPECT_EQ(part.status, 0U);
}

TEST(server, refuses_what_the_pool_cannot_take) {
    test_server served([](server::options& o) {
        o.blocking_threads_max = 1;
        o.blocking_queue_max = 1;
    });
    raw_client running = served.connect();
    running.send(get("/slow"));
    served.application.slow.wait_for(1);
    raw_client waiting = served.connect();
    waiting.send(get("/slow"));
    ASSERT_TRUE(eventually([&] { return served.running.stats().blocking_queue_length == 1; }));
    raw_client refused = served.connect();
    const raw_answer answer = refused.ask(get("/slow"));
    EXPECT_EQ(answer.status, 503U);
    EXPECT_EQ(answer.header("retry-after"), "1");
    EXPECT_EQ(refused.ask(get("/now")).body, "now");  // from memory: still served
    EXPECT_EQ(served.running.stats().requests_too_busy, 1U);
    served.application.slow.open();
    EXPECT_EQ(running.receive().body, "slow");
    EXPECT_EQ(waiting.receive().body, "slow");
}

TEST(server, serves_many_connections_at_once) {
    test_server served;
    std::atomic<int> right = 0;
    std::vector<std::thread> clients;
    for (int c = 0; c < 64; ++c) {
        clients.emplace_back([&, c] {
            raw_client client = served.connect();
            for (int i = 0; i < 20; ++i) {
                const std::string mark = std::to_string(c) + "-" + std::to_string(i);
                right += client.ask(get("/echo?" + mark)).body.find("query=" + mark + " ") !=
                         std::string::npos;
                right += client.ask(get("/bytes")).body.size() == 4096;
            }
        });
    }
    for (std::thread& client : clients)
        client.join();
    EXPECT_EQ(right, 64 * 20 * 2);
    EXPECT_EQ(served.log.wait_for(64 * 20 * 2).size(), 64U * 20 * 2);
}

TEST(server, tells_addresses_only_when_asked_to) {
    for (const bool wanted : {false, true}) {
        test_server served([&](server::options& o) { o.log_addresses = wanted; });
        served.connect().ask(get("/now"));
        EXPECT_EQ(served.log.wait_for(1).at(0).address, wanted ? "127.0.0.1" : "");
    }
}

TEST(server, redirects_to_https) {
    test_server served([](server::options& o) {
        o.endpoints = {
            {.speaks = server::transport::redirect},
            {.speaks = server::transport::redirect, .https_port = 8443}
        };
    });
    raw_client client = served.connect();
    const raw_answer answer =
        client.ask("GET //evil.example/a?b=c HTTP/1.1\r\nHost: example.org:80\r\n\r\n");
    EXPECT_EQ(answer.status, 308U);
    EXPECT_EQ(answer.header("location"), "https://example.org//evil.example/a?b=c");
    EXPECT_EQ(
        served.connect(1).ask("GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n").header("location"),
        "https://[::1]:8443/"
    );
    EXPECT_EQ(served.connect().ask("GET / HTTP/1.0\r\n\r\n").status, 400U);
}

TEST(server, refuses_an_address_that_another_server_listens_at) {
    const test_server first;
    EXPECT_THROW(
        test_server([&](server::options& o) { o.endpoints[0].port = first.port(); }),
        std::system_error
    );
}

TEST(server, refuses_options_that_make_no_sense) {
    test_application application;
    EXPECT_THROW(server::server({}, application, nullptr), std::invalid_argument);
    server::options no_certificate;
    no_certificate.make_problem = test_problem;
    no_certificate.endpoints = {{.speaks = server::transport::tls}};
    EXPECT_THROW(server::server(no_certificate, application, nullptr), std::invalid_argument);
}

}  // namespace
}  // namespace palabre::testing
