// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "aws/endpoint.hpp"

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace palabre::test {

// A service that does as it was told, whatever it is asked: for each connection, in the order they
// come, a list of answers to the requests on it. Requests have a Content-Length.
class scripted_server {
public:
    enum class pieces { whole, bytes };
    struct turn {
        std::string_view answer;
        pieces as = pieces::whole;
        bool closes = false;                // after the answer
        std::function<void()> before = {};  // called before the answer
    };

    explicit scripted_server(std::vector<std::vector<turn>> script);
    ~scripted_server();
    scripted_server(const scripted_server&) = delete;
    scripted_server& operator=(const scripted_server&) = delete;

    [[nodiscard]] aws::endpoint where() const;
    [[nodiscard]] int accepted() const { return accepted_; }
    // All bytes of all requests so far.
    [[nodiscard]] std::string heard() const;

private:
    void run();
    void serve(int socket, const std::vector<turn>& turns);
    bool hear_request(int socket);

    std::vector<std::vector<turn>> script_;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::atomic<int> accepted_ = 0;
    mutable std::mutex mutex_;
    std::string heard_;  // under mutex_
    int open_ = -1;      // under mutex_
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace palabre::test
