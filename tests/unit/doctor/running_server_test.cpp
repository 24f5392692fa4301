// SPDX-License-Identifier: Apache-2.0
#include "doctor/running_server.hpp"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <thread>

namespace palabre::doctor {
namespace {

using ::testing::HasSubstr;

// Takes one connection, and answers it with some bytes or with silence.
class one_answer {
public:
    explicit one_answer(std::string answer) : answer_(std::move(answer)) {
        sockaddr_in any{};
        any.sin_family = AF_INET;
        any.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        ::bind(listener_, reinterpret_cast<const sockaddr*>(&any), sizeof any);
        ::listen(listener_, 1);
        socklen_t bytes = sizeof any;
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&any), &bytes);
        port_ = ntohs(any.sin_port);
        thread_ = std::jthread([this] { serve(); });
    }
    one_answer(const one_answer&) = delete;
    one_answer& operator=(const one_answer&) = delete;
    ~one_answer() {
        thread_.join();
        ::close(listener_);
    }
    [[nodiscard]] server_address address() const { return {"0.0.0.0", port_, false}; }

private:
    void serve() const {
        const int peer = ::accept(listener_, nullptr, nullptr);
        std::array<char, 1024> request{};
        // The second one waits until the other side has had enough.
        static_cast<void>(::recv(peer, request.data(), request.size(), 0));
        static_cast<void>(::send(peer, answer_.data(), answer_.size(), MSG_NOSIGNAL));
        if (answer_.empty()) {
            static_cast<void>(::recv(peer, request.data(), request.size(), 0));
        }
        ::close(peer);
    }

    std::string answer_;
    int listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    std::uint16_t port_ = 0;
    std::jthread thread_;
};

finding asked(const std::string& answer) {
    const one_answer there(answer);
    return look_at_server({there.address()}, std::chrono::seconds{1}).front();
}

TEST(server_look, believes_what_a_server_says_of_itself) {
    EXPECT_EQ(asked("HTTP/1.1 200 OK\r\n\r\n{\"status\":\"ok\",…").weight, severity::fine);
    const auto full = asked("HTTP/1.1 200 OK\r\n\r\n{\"status\":\"degraded\",…");
    EXPECT_EQ(full.weight, severity::wrong);
    EXPECT_THAT(full.sentence, HasSubstr("degraded"));
}

TEST(server_look, knows_another_program_and_one_that_hangs) {
    EXPECT_THAT(asked("HTTP/1.1 404 Not Found\r\n\r\nnginx").sentence, HasSubstr("is not this"));
    EXPECT_THAT(asked("").sentence, HasSubstr("does not answer"));
    EXPECT_THAT(asked("SSH-2.0").sentence, HasSubstr("is not this"));
}

TEST(server_look, only_remarks_that_nobody_is_there) {
    std::uint16_t free_port = 0;
    {
        const one_answer gone("x");
        free_port = gone.address().port;
        static_cast<void>(look_at_server({gone.address()}, std::chrono::seconds{1}));
    }
    const auto found = look_at_server({{"127.0.0.1", free_port, true}}, std::chrono::seconds{1});
    EXPECT_EQ(found.front().weight, severity::remark);
    EXPECT_EQ(look_at_server({}, std::chrono::seconds{1}).front().weight, severity::remark);
}

}  // namespace
}  // namespace palabre::doctor
