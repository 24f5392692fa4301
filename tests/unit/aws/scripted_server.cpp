// SPDX-License-Identifier: Apache-2.0
#include "unit/aws/scripted_server.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <system_error>

namespace palabre::test {
namespace {

void must(bool done, const char* what) {
    if (!done) throw std::system_error(errno, std::generic_category(), what);
}

// How many bytes of body a request announces.
std::size_t body_length(const std::string& head) {
    const std::size_t at = head.find("Content-Length: ");
    return at == std::string::npos ? 0 : std::strtoul(head.c_str() + at + 16, nullptr, 10);
}

void send_all(int socket, std::string_view bytes, std::size_t at_a_time) {
    while (!bytes.empty()) {
        const auto piece = bytes.substr(0, at_a_time);
        const ssize_t sent = ::send(socket, piece.data(), piece.size(), MSG_NOSIGNAL);
        if (sent <= 0) return;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

}  // namespace

scripted_server::scripted_server(std::vector<std::vector<turn>> script)
    : script_(std::move(script)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    must(listener_ >= 0, "socket");
    sockaddr_in here{};
    here.sin_family = AF_INET;
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof here;
    auto* address = reinterpret_cast<sockaddr*>(&here);
    must(::bind(listener_, address, length) == 0, "bind");
    must(::listen(listener_, 8) == 0, "listen");
    must(::getsockname(listener_, address, &length) == 0, "getsockname");
    port_ = ntohs(here.sin_port);
    thread_ = std::thread([this] { run(); });
}

scripted_server::~scripted_server() {
    {
        const std::scoped_lock lock(mutex_);
        stopping_ = true;
        ::shutdown(listener_, SHUT_RDWR);
        if (open_ >= 0) ::shutdown(open_, SHUT_RDWR);
    }
    thread_.join();
    ::close(listener_);
}

aws::endpoint scripted_server::where() const {
    return {false, "127.0.0.1", port_, ""};
}

std::string scripted_server::heard() const {
    const std::scoped_lock lock(mutex_);
    return heard_;
}

void scripted_server::run() {
    for (const auto& turns : script_) {
        const int socket = ::accept(listener_, nullptr, nullptr);
        if (socket < 0) return;
        ++accepted_;
        {
            const std::scoped_lock lock(mutex_);
            if (stopping_) ::shutdown(socket, SHUT_RDWR);
            open_ = socket;
        }
        serve(socket, turns);
        const std::scoped_lock lock(mutex_);
        open_ = -1;
        ::close(socket);
    }
}

void scripted_server::serve(int socket, const std::vector<turn>& turns) {
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    for (const turn& each : turns) {
        if (!hear_request(socket)) return;
        if (each.before) each.before();
        send_all(socket, each.answer, each.as == pieces::bytes ? 1 : each.answer.size());
        if (each.closes) return;
    }
    // Open until the other side leaves.
    while (hear_request(socket)) {
    }
}

bool scripted_server::hear_request(int socket) {
    std::string request;
    std::array<char, 4096> space{};
    for (;;) {
        const std::size_t end = request.find("\r\n\r\n");
        if (end != std::string::npos && request.size() >= end + 4 + body_length(request)) break;
        const ssize_t count = ::recv(socket, space.data(), space.size(), 0);
        if (count <= 0) return false;
        request.append(space.data(), static_cast<std::size_t>(count));
    }
    const std::scoped_lock lock(mutex_);
    heard_ += request;
    return true;
}

}  // namespace palabre::test
