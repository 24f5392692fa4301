// SPDX-License-Identifier: Apache-2.0
#include "unit/server/raw_client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/bn.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <cstdlib>
#include <utility>

namespace palabre::testing {
namespace {

int connect_to(std::uint16_t port) {
    const int made = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const timeval patience{20, 0};
    ::setsockopt(made, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(made, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    const int on = 1;
    ::setsockopt(made, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(made, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
        return made;
    }
    ::close(made);
    return -1;
}

std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(), [](unsigned char c) {
        return static_cast<char>(std::tolower(c));
    });
    return text;
}

}  // namespace

raw_client::raw_client(std::uint16_t port) : socket_(connect_to(port)) {}

raw_client::raw_client(std::uint16_t port, tls_wish wish)
    : socket_(connect_to(port)), wanted_tls_(true) {
    const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(
        SSL_CTX_new(TLS_client_method()), &SSL_CTX_free
    );
    SSL_CTX_set_security_level(context.get(), 0);  // the client offers what the server must refuse
    SSL_CTX_set_min_proto_version(context.get(), wish.version_min);
    SSL_CTX_set_max_proto_version(context.get(), wish.version_max);
    std::shared_ptr<SSL> made(SSL_new(context.get()), &SSL_free);
    constexpr std::array<unsigned char, 9> http{8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
    SSL_set_alpn_protos(made.get(), http.data(), http.size());
    SSL_set_fd(made.get(), socket_);
    if (SSL_connect(made.get()) == 1) tls_ = made;
}

raw_client::raw_client(raw_client&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)),
      wanted_tls_(other.wanted_tls_),
      tls_(std::move(other.tls_)),
      unread_(std::move(other.unread_)) {}

raw_client::~raw_client() {
    tls_.reset();
    if (socket_ >= 0) ::close(socket_);
}

bool raw_client::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const long sent =
            tls_ ? SSL_write(tls_.get(), bytes.data(), static_cast<int>(bytes.size()))
                 : static_cast<long>(::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL));
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

void raw_client::finish_sending() {
    ::shutdown(socket_, SHUT_WR);
}

void raw_client::set_receive_buffer(int bytes) {
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
}

void raw_client::send_until_stuck(std::string_view bytes) {
    constexpr int moment_ms = 200;
    pollfd waits{socket_, POLLOUT, 0};
    while (!bytes.empty() && ::poll(&waits, 1, moment_ms) == 1) {
        const ssize_t sent =
            ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent <= 0) return;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

bool raw_client::readable() const {
    pollfd waits{socket_, POLLIN, 0};
    return ::poll(&waits, 1, 0) == 1;
}

long raw_client::read_some(char* to, std::size_t bytes) {
    if (tls_) return SSL_read(tls_.get(), to, static_cast<int>(bytes));
    return static_cast<long>(::recv(socket_, to, bytes, 0));
}

bool raw_client::read_more() {
    std::array<char, 65536> buffer{};
    const long count = read_some(buffer.data(), buffer.size());
    if (count > 0) unread_.append(buffer.data(), static_cast<std::size_t>(count));
    return count > 0;
}

raw_answer raw_client::receive_head() {
    raw_answer answer;
    std::size_t end = 0;
    while ((end = unread_.find("\r\n\r\n")) == std::string::npos) {
        if (!read_more()) return answer;
    }
    std::string_view head(unread_.data(), end + 2);
    answer.status_line = head.substr(0, head.find("\r\n"));
    head.remove_prefix(answer.status_line.size() + 2);
    while (!head.empty()) {
        const std::string_view line = head.substr(0, head.find("\r\n"));
        const std::size_t colon = line.find(": ");
        answer.headers[lower(std::string(line.substr(0, colon)))] = line.substr(colon + 2);
        head.remove_prefix(line.size() + 2);
    }
    answer.status = static_cast<unsigned>(std::atoi(answer.status_line.substr(9, 3).c_str()));
    unread_.erase(0, end + 4);
    return answer;
}

raw_answer raw_client::receive_without_body() {
    return receive_head();
}

raw_answer raw_client::receive() {
    raw_answer answer = receive_head();
    if (answer.status == 0 || !answer.headers.contains("content-length")) return answer;
    const std::size_t bytes = std::stoul(answer.headers["content-length"]);
    answer.body = receive_exactly(bytes);
    if (answer.body.size() < bytes) answer.status = 0;
    return answer;
}

std::string raw_client::receive_exactly(std::size_t bytes) {
    while (unread_.size() < bytes && read_more()) {
    }
    std::string taken = unread_.substr(0, bytes);
    unread_.erase(0, taken.size());
    return taken;
}

bool raw_client::closed_by_server() {
    if (!unread_.empty()) return false;
    char byte = 0;
    errno = 0;
    const long count = read_some(&byte, 1);
    return count <= 0 && errno != EAGAIN;
}

std::string raw_client::receive_all() {
    while (read_more()) {
    }
    return std::exchange(unread_, {});
}

std::string raw_client::tls_version() const {
    return tls_ ? SSL_get_version(tls_.get()) : "";
}

std::string raw_client::protocol() const {
    const unsigned char* chosen = nullptr;
    unsigned bytes = 0;
    SSL_get0_alpn_selected(tls_.get(), &chosen, &bytes);
    return {reinterpret_cast<const char*>(chosen), bytes};
}

std::string raw_client::certificate_serial() const {
    const std::unique_ptr<X509, decltype(&X509_free)> shown(
        SSL_get1_peer_certificate(tls_.get()), &X509_free
    );
    const std::unique_ptr<BIGNUM, decltype(&BN_free)> number(
        ASN1_INTEGER_to_BN(X509_get0_serialNumber(shown.get()), nullptr), &BN_free
    );
    char* text = BN_bn2hex(number.get());
    std::string copy(text);
    OPENSSL_free(text);
    return copy;
}

}  // namespace palabre::testing
