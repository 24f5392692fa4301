// SPDX-License-Identifier: Apache-2.0
#include "runtime/server/access_log.hpp"
#include "runtime/server/blocking_pool.hpp"
#include "runtime/server/request_log_list.hpp"
#include "runtime/server/response_head.hpp"
#include "runtime/server/signals.hpp"
#include "unit/server/test_server.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <csignal>

namespace palabre::testing {
namespace {

using ::testing::MatchesRegex;

request_record sample() {
    return {
        .request_id = "00ff",
        .method = "GET",
        .route = "GET /commentaires",
        .status = 200,
        .bytes_sent = 512,
        .microseconds = 87,
        .address = {}
    };
}

// A pipe whose reading end is ours.
class test_pipe {
public:
    test_pipe() { EXPECT_EQ(::pipe2(ends_.data(), O_CLOEXEC), 0); }
    ~test_pipe() {
        for (const int end : ends_)
            ::close(end);
    }
    test_pipe(const test_pipe&) = delete;
    test_pipe& operator=(const test_pipe&) = delete;
    [[nodiscard]] int in() const { return ends_[1]; }
    std::string read_line() {
        std::string line;
        for (char c = 0; c != '\n' && ::read(ends_[0], &c, 1) == 1;)
            line.push_back(c);
        return line;
    }

private:
    std::array<int, 2> ends_{};
};

TEST(access_log, writes_one_line_of_json_per_request) {
    test_pipe pipe;
    {
        server::access_log log(pipe.in());
        server::request_log_list both({&log, &log});
        request_record record = sample();
        both.answered(record);
        record.address = "::1";
        record.route = "a\"\\\x01";
        log.answered(record);
    }
    const char* const plain =
        R"(\{"time":"....-..-..T..:..:..\....Z","request_id":"00ff","method":"GET",)"
        R"("route":"GET /commentaires","status":200,"bytes":512,"duration_us":87\})"
        "\n";
    EXPECT_THAT(pipe.read_line(), MatchesRegex(plain));
    EXPECT_THAT(pipe.read_line(), MatchesRegex(plain));
    const std::string last = pipe.read_line();
    EXPECT_THAT(last, ::testing::HasSubstr(R"("route":"a\"\\\u0001")"));
    EXPECT_THAT(last, ::testing::HasSubstr(R"("address":"::1"})"));
}

TEST(access_log, writes_before_it_is_closed) {
    test_pipe pipe;
    server::access_log log(pipe.in(), {.flush_every = std::chrono::milliseconds(1)});
    log.answered(sample());
    EXPECT_NE(pipe.read_line(), "");
}

TEST(access_log, drops_and_counts_lines_instead_of_waiting) {
    test_pipe pipe;
    {
        server::access_log log(pipe.in(), {.buffer_bytes_max = 300});
        for (int i = 0; i < 10; ++i)
            log.answered(sample());
        EXPECT_GE(log.dropped(), 8U);
        EXPECT_LT(log.dropped(), 10U);
    }
    EXPECT_NE(pipe.read_line(), "");
}

using admission = server::blocking_pool::admission;
using kind = server::blocking_pool::kind;

TEST(blocking_pool, grows_when_work_waits_and_shrinks_when_it_does_not) {
    server::server_stats stats;
    gate held;  // outlives the pool, whose threads pass it until they end
    server::blocking_pool pool(
        {.threads_max = 3, .reading_max = 1, .queue_max = 2, .idle = std::chrono::milliseconds(20)},
        stats
    );
    const auto wait = [&] {
        return pool.submit([&] { held.pass(); }, kind::writing, admission::if_room);
    };
    for (int i = 0; i < 3; ++i)
        EXPECT_TRUE(wait());
    held.wait_for(3);
    EXPECT_EQ(stats.blocking_threads, 3U);
    EXPECT_TRUE(wait());
    EXPECT_TRUE(wait());
    EXPECT_FALSE(wait());
    EXPECT_TRUE(pool.submit([] {}, kind::writing, admission::always));
    held.open();
    EXPECT_TRUE(eventually([&] { return stats.blocking_threads == 0; }));
    EXPECT_TRUE(wait());  // and a new one is made
}

TEST(blocking_pool, does_what_is_queued_before_it_stops) {
    server::server_stats stats;
    std::atomic<int> done = 0;
    {
        server::blocking_pool pool({.threads_max = 1, .reading_max = 1, .queue_max = 100}, stats);
        for (int i = 0; i < 100; ++i) {
            EXPECT_TRUE(pool.submit([&] { ++done; }, kind::writing, admission::if_room));
        }
    }
    EXPECT_EQ(done, 100);
}

TEST(blocking_pool, lets_few_read_at_a_time_and_others_write_meanwhile) {
    server::server_stats stats;
    gate reading, writing;
    server::blocking_pool pool({.threads_max = 8, .reading_max = 2, .queue_max = 100}, stats);
    std::atomic<int> read = 0;
    for (int i = 0; i < 5; ++i) {
        EXPECT_TRUE(pool.submit(
            [&] {
                reading.pass();
                ++read;
            },
            kind::reading,
            admission::if_room
        ));
    }
    reading.wait_for(2);
    EXPECT_EQ(stats.blocking_threads, 2U) << "no thread is made for what cannot start";
    EXPECT_EQ(stats.blocking_queue_length, 3U);
    EXPECT_TRUE(pool.submit([&] { writing.pass(); }, kind::writing, admission::if_room));
    writing.wait_for(1);
    EXPECT_EQ(read, 0);
    writing.open();
    reading.open();
    EXPECT_TRUE(eventually([&] { return read == 5; }));
}

TEST(blocking_pool, does_all_that_came_from_many_sides) {
    server::server_stats stats;
    std::atomic<int> done = 0;
    constexpr int each_side = 2'000;
    {
        server::blocking_pool pool({.threads_max = 6, .reading_max = 2, .queue_max = 1}, stats);
        std::vector<std::thread> sides;
        for (const kind what : {kind::reading, kind::writing, kind::reading, kind::writing}) {
            sides.emplace_back([&pool, &done, what] {
                for (int i = 0; i < each_side; ++i)
                    EXPECT_TRUE(pool.submit([&] { ++done; }, what, admission::always));
            });
        }
        for (std::thread& side : sides)
            side.join();
        EXPECT_TRUE(eventually([&] { return done == 4 * each_side; })) << "nothing was forgotten";
    }
    EXPECT_EQ(done, 4 * each_side);
}

TEST(response_head, is_what_rfc_9112_says) {
    http::response answer;
    answer.status = 418;
    answer.set("etag", "\"a\"");
    answer.set("x-bad", "a\nb");
    server::date_line date;
    std::string out = "what was there before";
    server::write_head(out, answer, {date.at(784111777), "0123", 7, server::after_answer::close});
    EXPECT_EQ(
        out,
        "HTTP/1.1 418 \r\ndate: Sun, 06 Nov 1994 08:49:37 GMT\r\netag: \"a\"\r\n"
        "content-length: 7\r\nx-request-id: 0123\r\nconnection: close\r\n\r\n"
    );
}

TEST(signals, are_waited_for) {
    const server::signals caught;
    ::kill(::getpid(), SIGHUP);
    EXPECT_EQ(caught.wait(), server::signals::wanted::reload);
    ::kill(::getpid(), SIGTERM);
    EXPECT_EQ(caught.wait(), server::signals::wanted::stop);
}

}  // namespace
}  // namespace palabre::testing
