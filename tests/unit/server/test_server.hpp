// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/handler.hpp"
#include "ports/request_log.hpp"
#include "runtime/server/server.hpp"
#include "unit/server/raw_client.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace palabre::testing {

// Holds handlers until it is opened; tells how many it holds.
class gate {
public:
    void open() {
        const std::scoped_lock lock(mutex_);
        open_ = true;
        changed_.notify_all();
    }
    void pass() {
        std::unique_lock lock(mutex_);
        ++waiting_;
        changed_.notify_all();
        changed_.wait(lock, [this] { return open_; });
        --waiting_;
    }
    void wait_for(int waiting) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return waiting_ >= waiting; });
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    int waiting_ = 0;
    bool open_ = false;
};

// An application of a few fixed paths:
//   /now        "now", at once                /bytes      4,096 shared bytes, at once
//   /echo       what was asked, as text       /slow       "slow", once `slow` is open
//   /file       the file `file`, a part of it if there is a header `part: offset+length`
//   /empty      204 with a body that must not be sent     /unchanged  304, likewise
//   /refused    429, at once
//   /throws, /throws-at-once                  /inject     a header with a line break in its value
class test_application final : public http::handler {
public:
    std::optional<http::response> answer_at_once(const http::request& asked) override;
    http::response handle(const http::request& asked) override;

    gate slow;
    std::shared_ptr<const http::open_file> file;
    std::uint64_t file_bytes = 0;
};

struct logged {
    std::string request_id, method, route, address;
    unsigned status = 0;
    std::uint64_t bytes_sent = 0;
};

class test_log final : public request_log {
public:
    void answered(const request_record& record) noexcept override;
    // Waits until there are so many.
    std::vector<logged> wait_for(std::size_t count);

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<logged> records_;
};

// Waits, for twenty seconds at most, until the condition holds. Says whether it does.
bool eventually(const std::function<bool()>& condition);

http::response test_problem(errc code, std::string detail);

// A server on a loopback port of the kernel's choice, with two loops and a quick sweep. It opens
// the gate before it shuts down.
class test_server {
public:
    using change = std::function<void(server::options&)>;
    explicit test_server(const change& changed = [](server::options&) {});
    ~test_server();

    [[nodiscard]] std::uint16_t port(std::size_t which = 0) const {
        return running.endpoints().at(which).port;
    }
    [[nodiscard]] raw_client connect(std::size_t which = 0) const {
        return raw_client(port(which));
    }

    test_application application;
    test_log log;
    std::vector<std::string> warnings;  // until start() has returned
    server::server running;

private:
    server::options chosen(const change& changed);
};

// "GET path HTTP/1.1" with a Host and nothing else.
std::string get(std::string_view path);

}  // namespace palabre::testing
