// SPDX-License-Identifier: Apache-2.0
#include "unit/server/test_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

// Clients that are slow, silent or many, and the end of the server.
namespace palabre::testing {
namespace {

using std::chrono::milliseconds;

// Sends the bytes one by one, as fast as the server lets it, until it has hung up or answered.
raw_answer drip(raw_client& client, std::string_view first, std::string_view byte) {
    client.send(first);
    // The kernel takes bytes for a while after the server has stopped listening: ask it after each.
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (client.send(byte) && !client.readable() && std::chrono::steady_clock::now() < until) {
        std::this_thread::yield();
    }
    return client.receive();
}

TEST(patience, ends_with_a_head_that_never_ends) {
    test_server served([](server::options& o) {
        o.times.head = milliseconds(60);
        o.limits.head_bytes = 1 << 24;
        o.limits.headers = 1 << 24;
    });
    raw_client client = served.connect();
    const raw_answer answer = drip(client, "GET / HTTP/1.1\r\n", "X: y\r\n");
    EXPECT_EQ(answer.status, 408U);
    EXPECT_EQ(answer.header("connection"), "close");
}

TEST(patience, ends_with_a_body_that_never_ends) {
    test_server served([](server::options& o) {
        o.times.body = milliseconds(60);
        o.limits.body_bytes = 1 << 30;
    });
    raw_client client = served.connect();
    const raw_answer answer =
        drip(client, "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000\r\n\r\n", "x");
    EXPECT_EQ(answer.status, 408U);
}

TEST(patience, ends_with_a_head_that_stops) {
    test_server served([](server::options& o) { o.times.head = milliseconds(50); });
    raw_client client = served.connect();
    EXPECT_EQ(client.ask("GET / HT").status, 408U);
}

TEST(patience, ends_without_a_word_between_requests) {
    test_server served([](server::options& o) { o.times.keep_alive = milliseconds(50); });
    raw_client never = served.connect();
    EXPECT_TRUE(never.closed_by_server());
    raw_client once = served.connect();
    EXPECT_EQ(once.ask(get("/now")).status, 200U);
    EXPECT_TRUE(once.closed_by_server());
    EXPECT_TRUE(eventually([&] { return served.running.stats().connections_open == 0; }));
}

TEST(patience, ends_with_a_reader_that_takes_nothing) {
    test_server served([](server::options& o) { o.times.write_progress = milliseconds(50); });
    raw_client client = served.connect();
    client.set_receive_buffer(4096);
    std::string many;
    for (int i = 0; i < 20'000; ++i)
        many += get("/bytes");
    client.send_until_stuck(many);
    EXPECT_TRUE(eventually([&] { return served.running.stats().connections_open == 0; }));
}

bool allow_descriptors(rlim_t wanted) {
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    return limit.rlim_max >= wanted;
}

void serve_honest_reader_among(int idle, std::size_t connections_max) {
    if (!allow_descriptors(static_cast<rlim_t>(idle) + connections_max + 400)) {
        GTEST_SKIP() << "the hard limit of open files is too low for " << idle << " connections";
    }
    test_server served([&](server::options& o) { o.connections_max = connections_max; });
    std::vector<raw_client> idlers;
    for (int i = 0; i < idle; ++i) {
        idlers.push_back(served.connect());
        ASSERT_TRUE(idlers.back().connected()) << i;
    }
    raw_client honest = served.connect();
    EXPECT_EQ(honest.ask(get("/now")).body, "now");
    EXPECT_EQ(honest.ask(get("/echo")).status, 200U);
    const server::server_stats& stats = served.running.stats();
    EXPECT_EQ(stats.connections_refused, 0U);
    ASSERT_TRUE(eventually([&] { return stats.connections_accepted == idlers.size() + 1; }));
    EXPECT_TRUE(eventually([&] { return stats.connections_open <= connections_max; }));
}

TEST(patience, serves_an_honest_reader_among_5000_idle_connections) {
    serve_honest_reader_among(5'000, 8'192);
}

TEST(patience, makes_room_when_idle_connections_take_all) {
    serve_honest_reader_among(5'000, 2'000);
}

TEST(patience, closes_the_connection_that_waited_longest) {
    // One loop: it has finished with an answer before it looks at what came after.
    test_server served([](server::options& o) {
        o.connections_max = 3;
        o.threads = 1;
    });
    std::vector<raw_client> clients;
    for (int i = 0; i < 3; ++i) {
        clients.push_back(served.connect());
        EXPECT_EQ(clients.back().ask(get("/now")).status, 200U);
    }
    EXPECT_EQ(clients[0].ask(get("/now")).status, 200U);  // now the second waits longest
    EXPECT_EQ(served.connect().ask(get("/now")).status, 200U);
    EXPECT_TRUE(clients[1].closed_by_server());
    EXPECT_EQ(clients[0].ask(get("/now")).status, 200U);
    EXPECT_EQ(clients[2].ask(get("/now")).status, 200U);
    EXPECT_EQ(served.running.stats().connections_evicted, 1U);
}

TEST(patience, refuses_a_connection_when_none_is_idle) {
    test_server served([](server::options& o) { o.connections_max = 2; });
    std::vector<raw_client> busy;
    for (int i = 0; i < 2; ++i) {
        busy.push_back(served.connect());
        busy.back().send(get("/slow"));
    }
    served.application.slow.wait_for(2);
    raw_client refused = served.connect();
    const raw_answer answer = refused.receive();
    EXPECT_EQ(answer.status, 503U);
    EXPECT_EQ(answer.header("retry-after"), "1");
    EXPECT_TRUE(refused.closed_by_server());
    EXPECT_EQ(served.running.stats().connections_refused, 1U);
}

TEST(patience, lowers_the_number_of_connections_to_what_the_system_allows) {
    test_server served([](server::options& o) { o.connections_max = std::size_t{1} << 40U; });
    ASSERT_EQ(served.warnings.size(), 1U);
    EXPECT_THAT(served.warnings[0], ::testing::HasSubstr("RLIMIT_NOFILE"));
}

TEST(shutdown, lets_a_request_in_flight_have_its_answer) {
    test_server served;
    raw_client idle = served.connect();
    EXPECT_EQ(idle.ask(get("/now")).status, 200U);
    raw_client busy = served.connect();
    busy.send(get("/slow"));
    served.application.slow.wait_for(1);
    served.running.shut_down();
    EXPECT_TRUE(idle.closed_by_server());
    EXPECT_TRUE(eventually([&] { return !served.connect().connected(); }));
    served.application.slow.open();
    const raw_answer answer = busy.receive();
    EXPECT_EQ(answer.body, "slow");
    EXPECT_EQ(answer.header("connection"), "close");
    EXPECT_TRUE(busy.closed_by_server());
    served.running.wait();
    EXPECT_EQ(served.running.stats().connections_open, 0U);
}

TEST(shutdown, waits_for_a_request_that_has_begun) {
    test_server served;
    raw_client client = served.connect();
    client.send(
        "POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n"
    );
    EXPECT_EQ(client.receive_without_body().status, 100U);  // so it has begun
    served.running.shut_down();
    EXPECT_TRUE(eventually([&] { return !served.connect().connected(); }));
    const raw_answer answer = client.ask("hello");
    EXPECT_THAT(answer.body, ::testing::HasSubstr("body=hello"));
    EXPECT_EQ(answer.header("connection"), "close");
}

TEST(shutdown, is_bounded_by_the_grace) {
    test_server served([](server::options& o) { o.times.shutdown_grace = milliseconds(50); });
    raw_client client = served.connect();
    client.send(
        "POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n"
    );
    EXPECT_EQ(client.receive_without_body().status, 100U);  // so it has begun
    served.running.shut_down();
    served.running.wait();
    EXPECT_TRUE(client.closed_by_server());
}

}  // namespace
}  // namespace palabre::testing
