// SPDX-License-Identifier: Apache-2.0
#include "doctor/running_server.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <memory>
#include <optional>
#include <string_view>

namespace palabre::doctor {
namespace {

constexpr const char* server_subject = "server";

class connection {
public:
    connection(const server_address& to, std::chrono::seconds patience) {
        sockaddr_in6 six{};
        sockaddr_in four{};
        if (::inet_pton(AF_INET, to.address.c_str(), &four.sin_addr) == 1) {
            four.sin_family = AF_INET;
            four.sin_port = htons(to.port);
            if (four.sin_addr.s_addr == INADDR_ANY) four.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
            open(AF_INET, reinterpret_cast<const sockaddr*>(&four), sizeof four, patience);
        } else if (::inet_pton(AF_INET6, to.address.c_str(), &six.sin6_addr) == 1) {
            six.sin6_family = AF_INET6;
            six.sin6_port = htons(to.port);
            if (IN6_IS_ADDR_UNSPECIFIED(&six.sin6_addr)) six.sin6_addr = in6addr_loopback;
            open(AF_INET6, reinterpret_cast<const sockaddr*>(&six), sizeof six, patience);
        }
    }
    connection(const connection&) = delete;
    connection& operator=(const connection&) = delete;
    ~connection() {
        if (socket_ >= 0) ::close(socket_);
    }

    [[nodiscard]] int descriptor() const noexcept { return socket_; }  // -1: nobody is there

private:
    void open(int family, const sockaddr* to, socklen_t bytes, std::chrono::seconds patience) {
        socket_ = ::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const timeval limit{patience.count(), 0};
        // Linux lets the second of them limit connect() too.
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
        if (socket_ < 0 || ::connect(socket_, to, bytes) == 0) return;
        ::close(socket_);
        socket_ = -1;
    }

    int socket_ = -1;
};

// Sends a request and reads the answer to its end, by whatever sends and receives.
template <class send_function, class receive_function>
std::string converse(const send_function& send, const receive_function& receive) {
    constexpr std::string_view request =
        "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    if (send(request.data(), request.size()) <= 0) return {};
    std::string answer;
    std::array<char, 4096> piece{};
    while (answer.size() < health_bytes_max) {
        const auto bytes = receive(piece.data(), piece.size());
        if (bytes <= 0) break;
        answer.append(piece.data(), static_cast<std::size_t>(bytes));
    }
    return answer;
}

std::string ask_plain(int descriptor) {
    return converse(
        [&](const char* data, std::size_t bytes) {
            return ::send(descriptor, data, bytes, MSG_NOSIGNAL);
        },
        [&](char* data, std::size_t bytes) { return ::recv(descriptor, data, bytes, 0); }
    );
}

std::string ask_secured(int descriptor) {
    const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(
        SSL_CTX_new(TLS_client_method()), &SSL_CTX_free
    );
    const std::unique_ptr<SSL, decltype(&SSL_free)> session(
        context ? SSL_new(context.get()) : nullptr, &SSL_free
    );
    if (!session || SSL_set_fd(session.get(), descriptor) != 1 || SSL_connect(session.get()) != 1) {
        ERR_clear_error();
        return {};
    }
    auto answer = converse(
        [&](const char* data, std::size_t bytes) {
            return SSL_write(session.get(), data, static_cast<int>(bytes));
        },
        [&](char* data, std::size_t bytes) {
            return SSL_read(session.get(), data, static_cast<int>(bytes));
        }
    );
    ERR_clear_error();
    return answer;
}

finding judge(const std::string& where, std::string_view answer) {
    const auto body_at = answer.find("\r\n\r\n");
    const auto body = body_at == std::string_view::npos ? "" : answer.substr(body_at + 4);
    if (answer.empty()) {
        return {
            severity::wrong,
            server_subject,
            fmt::format("Something listens at {} and does not answer.", where),
            "Look at its log. When it is this program and it hangs, restart it."
        };
    }
    if (body.starts_with(R"({"status":"ok")")) {
        return {severity::fine, server_subject, fmt::format("It answers at {}.", where), ""};
    }
    if (body.starts_with(R"({"status":")")) {
        return {
            severity::wrong,
            server_subject,
            fmt::format("The one at {} says of itself: {}", where, body),
            "Standard error of the server says more (`journalctl -u palabre`)."
        };
    }
    return {
        severity::wrong,
        server_subject,
        fmt::format("What answers at {} is not this program.", where),
        "Stop it, or choose another port in [server]: `ss -ltnp` names it."
    };
}

std::optional<finding> ask(const server_address& where, std::chrono::seconds patience) {
    const connection open(where, patience);
    if (open.descriptor() < 0) return std::nullopt;
    const auto answer = where.tls ? ask_secured(open.descriptor()) : ask_plain(open.descriptor());
    return judge(fmt::format("{} port {}", where.address, where.port), answer);
}

}  // namespace

std::vector<finding> look_at_server(
    const std::vector<server_address>& where, std::chrono::seconds patience
) {
    std::vector<finding> found;
    for (const auto& each : where)
        if (auto told = ask(each, patience)) found.push_back(std::move(*told));
    if (found.empty()) {
        found.push_back(
            {severity::remark,
             server_subject,
             "None was found at the addresses of [server].",
             "If it should run: `systemctl status palabre`, or `palabre serve`."}
        );
    }
    return found;
}

}  // namespace palabre::doctor
