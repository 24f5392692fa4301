// SPDX-License-Identifier: Apache-2.0
// Who asks, as the application and the log are told, and what is counted without them.
#include "unit/server/test_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>

namespace palabre::testing {
namespace {

using ::testing::HasSubstr;

constexpr const char* forwarded =
    "GET /echo HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 8.8.8.8, 192.0.2.1\r\n"
    "X-Forwarded-Proto: https\r\n\r\n";

void trust_loopback(server::options& o) {
    o.proxies = guard::trusted_proxies({*parse_ip_network("127.0.0.0/8")});
}

TEST(server_clients, are_who_is_connected) {
    test_server served;
    const raw_answer answer = served.connect().ask(forwarded);
    EXPECT_THAT(answer.body, HasSubstr("client=127.0.0.1\n"));
    EXPECT_THAT(answer.body, HasSubstr("secure=no"));
}

TEST(server_clients, are_who_a_trusted_proxy_asks_for) {
    test_server served([](server::options& o) {
        trust_loopback(o);
        o.log_addresses = true;
    });
    raw_client proxy = served.connect();
    const raw_answer answer = proxy.ask(forwarded);
    EXPECT_THAT(answer.body, HasSubstr("client=192.0.2.1\n"));
    EXPECT_THAT(answer.body, HasSubstr("secure=yes"));
    // The next request of the connection is somebody else's.
    EXPECT_THAT(proxy.ask(get("/echo")).body, HasSubstr("client=127.0.0.1\n"));
    EXPECT_THAT(proxy.ask(get("/echo")).body, HasSubstr("secure=no"));
    const std::vector<logged> records = served.log.wait_for(2);
    EXPECT_EQ(records.at(0).address, "192.0.2.1");
    EXPECT_EQ(records.at(1).address, "127.0.0.1");
}

// A proxy that speaks TLS to readers must not be sent to https for ever.
TEST(server_clients, are_not_redirected_when_they_came_by_https) {
    test_server served([](server::options& o) {
        trust_loopback(o);
        o.endpoints = {{.speaks = server::transport::redirect}};
    });
    EXPECT_EQ(served.connect().ask(forwarded).status, 200U);
    EXPECT_EQ(served.connect().ask(get("/echo")).status, 308U);
}

// Counts like a gate with so many tokens and no rate.
struct counter {
    std::atomic<int> tokens;
    std::atomic<int> asked = 0;
    std::atomic<int> of_client = 0;

    void attach(server::options& o) {
        o.count_unserved = [this](const ip_address& client, std::chrono::steady_clock::time_point) {
            ++asked;
            if (client == ip_v4({192, 0, 2, 1})) ++of_client;
            return tokens-- > 0;
        };
    }
};

TEST(server_clients, pay_for_bytes_that_are_no_request) {
    counter counts{.tokens = 3};
    test_server served([&](server::options& o) { counts.attach(o); });
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(served.connect().ask("nonsense\r\n\r\n").status, 400U);
    for (int i = 0; i < 3; ++i) {
        raw_client gone_too_far = served.connect();
        gone_too_far.send("nonsense\r\n\r\n");
        EXPECT_TRUE(gone_too_far.closed_by_server());
    }
    EXPECT_EQ(counts.asked, 6);
    // What the application answers is not counted here.
    EXPECT_EQ(served.connect().ask(get("/now")).status, 200U);
    EXPECT_EQ(counts.asked, 6);
    EXPECT_TRUE(eventually([&] { return served.running.stats().requests_answered == 4; }));
}

TEST(server_clients, pay_for_what_the_server_answers_by_itself) {
    counter counts{.tokens = 100};
    test_server served([&](server::options& o) {
        counts.attach(o);
        o.endpoints = {{}, {.speaks = server::transport::redirect}};
        o.times.head = std::chrono::milliseconds(1);
    });
    raw_client client = served.connect();
    client.send("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(client.receive_without_body().status, 204U);
    EXPECT_EQ(served.connect(1).ask(get("/now")).status, 308U);
    EXPECT_EQ(served.connect().ask("GET / HTTP/1.1\r\nHost").status, 408U);
    EXPECT_EQ(counts.asked, 3);
}

TEST(server_clients, pay_for_bad_requests_through_a_proxy_themselves) {
    counter counts{.tokens = 100};
    test_server served([&](server::options& o) {
        trust_loopback(o);
        counts.attach(o);
    });
    const std::string too_large =
        "POST / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 192.0.2.1\r\n"
        "Content-Length: 1000000\r\n\r\n";
    EXPECT_EQ(served.connect().ask(too_large).status, 413U);
    EXPECT_EQ(counts.asked, 1);
    EXPECT_EQ(counts.of_client, 1);
}

TEST(server_clients, are_not_accepted_when_they_are_unwanted) {
    std::atomic<bool> wanted = false;
    const auto ask_first = [&](server::options& o) {
        o.may_connect = [&](const ip_address&, std::chrono::steady_clock::time_point) {
            return wanted.load();
        };
    };
    test_server served(ask_first);
    EXPECT_TRUE(served.connect().closed_by_server());
    wanted = true;
    EXPECT_EQ(served.connect().ask(get("/now")).status, 200U);
    wanted = false;
    test_server behind_proxy([&](server::options& o) {
        ask_first(o);
        trust_loopback(o);
    });
    EXPECT_EQ(behind_proxy.connect().ask(get("/now")).status, 200U);
    EXPECT_TRUE(eventually([&] { return served.running.stats().connections_open == 0; }));
}

TEST(server_clients, have_to_connect_anew_after_many_refusals) {
    test_server served([](server::options& o) { o.refusals_per_connection_max = 3; });
    raw_client stubborn = served.connect();
    for (int i = 0; i < 2; ++i)
        EXPECT_EQ(stubborn.ask(get("/refused")).header("connection"), "");
    EXPECT_EQ(stubborn.ask(get("/now")).status, 200U);  // starts the count anew
    for (int i = 0; i < 2; ++i)
        EXPECT_EQ(stubborn.ask(get("/refused")).header("connection"), "");
    EXPECT_EQ(stubborn.ask(get("/refused")).header("connection"), "close");
    EXPECT_TRUE(stubborn.closed_by_server());
}

}  // namespace
}  // namespace palabre::testing
