// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "load/client.hpp"
#include "load/histogram.hpp"
#include "load/requests.hpp"

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <vector>

namespace bench {

struct outcome {
    histogram durations;                         // of the counted answers
    std::map<unsigned, std::uint64_t> statuses;  // of the counted answers
    std::uint64_t answers = 0;                   // those of the warm-up included
    std::uint64_t bytes = 0;                     // of the counted answers
    std::uint64_t lost = 0;                      // requests whose connection went away
    std::uint64_t connections = 0;               // asked for
    std::uint64_t established = 0;               // of them
    double seconds = 0;                          // in which answers were counted
};

// Drives all clients from one thread. With a rate, requests are sent when they are due, whatever
// became of those before; without one, each client asks again as soon as it is answered.
class driver {
public:
    explicit driver(const options& chosen);
    ~driver();
    driver(const driver&) = delete;
    driver& operator=(const driver&) = delete;

    [[nodiscard]] outcome run();

private:
    void open(std::size_t which);
    void watch(std::size_t which, int how);
    void handle(std::size_t which);
    void count(const answer& got);
    void ask(std::size_t which, clock::time_point due);
    void ask_what_is_due();
    void set_alarm() const;
    [[nodiscard]] bool finished() const;

    options options_;
    requests requests_;
    std::unique_ptr<SSL_CTX, ssl_closer> tls_;
    int epoll_;
    int alarm_;
    std::vector<std::unique_ptr<client>> clients_;
    std::vector<bool> watched_for_writing_;
    std::deque<std::size_t> idle_;  // clients that wait for their next request; with a rate
    std::vector<char> scratch_;
    std::chrono::nanoseconds interval_{};
    clock::time_point next_due_;
    clock::time_point now_;
    clock::time_point counts_from_;
    clock::time_point ends_;
    outcome outcome_;
};

}  // namespace bench
