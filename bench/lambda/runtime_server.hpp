// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lambda/child.hpp"

#include <cstdint>
#include <list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

// When one event was handed out and when its answer had come.
struct invocation_times {
    clock::time_point handed;
    clock::time_point answered;
    std::int64_t processor_ns = 0;  // of the child, when the event was handed out
};

struct session {
    clock::time_point first_next;
    std::int64_t first_next_processor_ns = 0;
    std::vector<invocation_times> events;
    std::int64_t processor_ns = 0;          // of the child, when it asked for one event too many
    std::string first_answer;               // the JSON that the function answered with
    std::map<int, std::uint64_t> statuses;  // of the HTTP answers within
};

// The Runtime API of AWS Lambda as far as a well-behaved function asks of it, for one child at a
// time, on a port of 127.0.0.1 that the kernel gives. One thread, and little work between the
// arrival of a request and its answer, since it is on the way of what is measured.
class runtime_server {
public:
    runtime_server();
    ~runtime_server();
    runtime_server(const runtime_server&) = delete;
    runtime_server& operator=(const runtime_server&) = delete;

    [[nodiscard]] std::string address() const;  // for AWS_LAMBDA_RUNTIME_API

    // Hands out `count` events, those of the list again and again, and returns when one more is
    // asked for; when the child asks for the first, if count is 0. Throws std::runtime_error when
    // the child ends, reports an error, or says nothing for long.
    [[nodiscard]] session serve(
        const child& asking, const std::vector<std::string>& events, std::size_t count
    );

private:
    struct connection;
    struct request;

    void accept();
    [[nodiscard]] bool take_bytes(connection& from);
    void take_request(const request& got, connection& from);
    void take_next(connection& from);
    void take_answer(const request& got, connection& from);

    int listener_;
    std::list<connection> connections_;

    // Of the running serve().
    const child* asking_ = nullptr;
    const std::vector<std::string>* events_ = nullptr;
    std::size_t count_ = 0;
    session seen_;
    bool done_ = false;
};

}  // namespace bench
