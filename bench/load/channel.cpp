// SPDX-License-Identifier: Apache-2.0
#include "load/channel.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <string>
#include <system_error>

namespace bench {
namespace {

[[noreturn]] void fail(const char* what) {
    throw std::system_error(errno, std::generic_category(), what);
}

sockaddr_in address_of(const std::string& text, std::uint16_t port) {
    sockaddr_in made{};
    made.sin_family = AF_INET;
    made.sin_port = htons(port);
    if (inet_pton(AF_INET, text.c_str(), &made.sin_addr) != 1) {
        throw std::runtime_error("not an IPv4 address: " + text);
    }
    return made;
}

const sockaddr* generic(const sockaddr_in& address) {
    return reinterpret_cast<const sockaddr*>(&address);
}

}  // namespace

void ssl_closer::operator()(SSL* closed) const noexcept {
    SSL_free(closed);
}

void ssl_closer::operator()(SSL_CTX* closed) const noexcept {
    SSL_CTX_free(closed);
}

channel::channel(const options& chosen, SSL_CTX* tls)
    : descriptor_(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)) {
    if (descriptor_ < 0) fail("socket");
    const int on = 1;
    ::setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (!chosen.from.empty()) {
        // Without it the kernel would look for a port before it knows the other end, and run out.
        ::setsockopt(descriptor_, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
        const sockaddr_in from = address_of(chosen.from, 0);
        if (::bind(descriptor_, generic(from), sizeof from) != 0) fail("bind");
    }
    const sockaddr_in to = address_of("127.0.0.1", chosen.port);
    if (::connect(descriptor_, generic(to), sizeof to) != 0 && errno != EINPROGRESS)
        fail("connect");
    if (tls == nullptr) return;
    tls_.reset(SSL_new(tls));
    SSL_set_fd(tls_.get(), descriptor_);
    SSL_set_connect_state(tls_.get());
}

channel::~channel() {
    ::close(descriptor_);
}

channel::result channel::shake_hands() {
    int failed = 0;
    socklen_t size = sizeof failed;
    ::getsockopt(descriptor_, SOL_SOCKET, SO_ERROR, &failed, &size);
    if (failed != 0) return result::closed;
    if (!tls_) return result::done;
    const int returned = SSL_do_handshake(tls_.get());
    return returned == 1 ? result::done : why_not(returned);
}

channel::result channel::why_not(int returned) const {
    const int why = SSL_get_error(tls_.get(), returned);
    ERR_clear_error();
    if (why == SSL_ERROR_WANT_READ) return result::wait_to_read;
    if (why == SSL_ERROR_WANT_WRITE) return result::wait_to_write;
    return result::closed;
}

channel::transfer channel::write(std::string_view bytes) {
    if (tls_) {
        const int count = SSL_write(tls_.get(), bytes.data(), static_cast<int>(bytes.size()));
        if (count <= 0) return {why_not(count), 0};
        return {result::done, static_cast<std::size_t>(count)};
    }
    const ssize_t count = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count >= 0) return {result::done, static_cast<std::size_t>(count)};
    return {errno == EAGAIN || errno == EINTR ? result::wait_to_write : result::closed, 0};
}

channel::transfer channel::read(std::span<char> into) {
    if (tls_) {
        const int count = SSL_read(tls_.get(), into.data(), static_cast<int>(into.size()));
        if (count <= 0) return {why_not(count), 0};
        return {result::done, static_cast<std::size_t>(count)};
    }
    const ssize_t count = ::recv(descriptor_, into.data(), into.size(), 0);
    if (count > 0) return {result::done, static_cast<std::size_t>(count)};
    const bool later = count < 0 && (errno == EAGAIN || errno == EINTR);
    return {later ? result::wait_to_read : result::closed, 0};
}

}  // namespace bench
