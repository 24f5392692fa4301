// SPDX-License-Identifier: Apache-2.0
#include "aws/wire.hpp"

#include "aws/resolve.hpp"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <system_error>

namespace palabre::aws {
namespace {

using clock = wire::clock;
using std::chrono::milliseconds;

// An address that does not answer leaves time for the next.
constexpr milliseconds connect_max{3'000};

std::string text_of(int system_error) {
    return std::generic_category().message(system_error);
}

// False when the deadline passed first.
bool wait_until(int socket, short events, clock::time_point deadline) {
    for (;;) {
        const auto left = std::chrono::ceil<milliseconds>(deadline - clock::now());
        if (left <= milliseconds(0)) return false;
        pollfd waiting{socket, events, 0};
        const int ready =
            ::poll(&waiting, 1, static_cast<int>(std::min(left, milliseconds(60'000)).count()));
        if (ready > 0) return true;
        if (ready < 0 && errno != EINTR) return true;  // the call that follows says what is wrong
    }
}

void wait_or_throw(int socket, short events, clock::time_point deadline, progress how_far) {
    if (wait_until(socket, events, deadline)) return;
    throw connection_error("there was no answer in time", how_far);
}

// The error of connecting to this address; 0 when it went well.
int connect_to(int socket, const socket_address& where, clock::time_point deadline) {
    const auto* address = reinterpret_cast<const sockaddr*>(&where.bytes);
    if (::connect(socket, address, where.length) == 0) return 0;
    if (errno != EINPROGRESS) return errno;
    if (!wait_until(socket, POLLOUT, deadline)) return ETIMEDOUT;
    int outcome = 0;
    socklen_t length = sizeof outcome;
    if (::getsockopt(socket, SOL_SOCKET, SO_ERROR, &outcome, &length) != 0) return errno;
    return outcome;
}

// A connected socket that does not block, or the error.
struct attempt {
    int socket = -1;
    int error = 0;
};

attempt connect_anew(const socket_address& where, clock::time_point deadline) {
    const int made = ::socket(where.bytes.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (made < 0) return {-1, errno};
    const int on = 1;
    ::setsockopt(made, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const int failed = connect_to(made, where, std::min(deadline, clock::now() + connect_max));
    if (failed == 0) return {made, 0};
    ::close(made);
    return {-1, failed};
}

int connect_to_any(const endpoint& to, clock::time_point deadline) {
    int last = EADDRNOTAVAIL;
    for (const socket_address& where : resolve(to.host, to.port, deadline)) {
        const attempt made = connect_anew(where, deadline);
        if (made.socket >= 0) return made.socket;
        last = made.error;
        if (clock::now() >= deadline) break;
    }
    throw connection_error(
        host_header(to) + " cannot be reached: " + text_of(last), progress::none
    );
}

bool is_address(const std::string& host) {
    return host.find(':') != std::string::npos ||
           host.find_first_not_of("0123456789.") == std::string::npos;
}

// A certificate that did not convince; `root_unknown` when more roots might.
struct untrusted : connection_error {
    untrusted(const std::string& what, bool unknown)
        : connection_error(what, progress::none), root_unknown(unknown) {}
    bool root_unknown;
};

[[noreturn]] void refuse_certificate(const endpoint& to, long why) {
    const bool unknown = why == X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY ||
                         why == X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN ||
                         why == X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT;
    throw untrusted(
        "the certificate of " + host_header(to) +
            " is not trusted: " + X509_verify_cert_error_string(why),
        unknown
    );
}

}  // namespace

void wire::freed_by_openssl::operator()(SSL* tls) const noexcept {
    SSL_free(tls);
}

wire::~wire() {
    tls_.reset();
    ::close(socket_);
}

std::unique_ptr<wire> wire::connect(const endpoint& to, trust* roots, clock::time_point deadline) {
    for (;;) {
        std::unique_ptr<wire> made(new wire(connect_to_any(to, deadline)));
        if (!to.tls) return made;
        const auto context = roots->context();
        try {
            made->shake_hands(to, context.get(), deadline);
            return made;
        } catch (const untrusted& refused) {
            if (!refused.root_unknown || !roots->learn_more(context)) throw;
        }
    }
}

void wire::shake_hands(const endpoint& to, SSL_CTX* context, clock::time_point deadline) {
    tls_.reset(SSL_new(context));
    if (!tls_ || SSL_set_fd(tls_.get(), socket_) != 1) throw std::bad_alloc();
    if (is_address(to.host)) {
        X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(tls_.get()), to.host.c_str());
    } else {
        // What the macro SSL_set_tlsext_host_name does, without its old casts.
        std::string name = to.host;
        SSL_ctrl(tls_.get(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, name.data());
        SSL_set1_host(tls_.get(), to.host.c_str());
    }
    for (;;) {
        ERR_clear_error();
        const int outcome = SSL_connect(tls_.get());
        if (outcome == 1) return;
        const long why = SSL_get_verify_result(tls_.get());
        if (why != X509_V_OK) refuse_certificate(to, why);
        wait_for_tls(outcome, deadline, progress::none);
    }
}

void wire::wait_for_tls(int outcome, clock::time_point deadline, progress how_far) {
    const int system_error = errno;
    switch (SSL_get_error(tls_.get(), outcome)) {
        case SSL_ERROR_WANT_READ:
            return wait_or_throw(socket_, POLLIN, deadline, how_far);
        case SSL_ERROR_WANT_WRITE:
            return wait_or_throw(socket_, POLLOUT, deadline, how_far);
        case SSL_ERROR_SYSCALL:
            throw connection_error(
                "the connection was lost: " +
                    (system_error != 0 ? text_of(system_error) : std::string("it was closed")),
                how_far
            );
        default:
            throw connection_error("the connection was lost: TLS failed", how_far);
    }
}

void wire::write(std::string_view head, std::string_view body, clock::time_point deadline) {
    while (!head.empty() || !body.empty()) {
        const auto& next = head.empty() ? body : head;
        const std::size_t count =
            tls_ ? send_some_by_tls(next, deadline) : send_some(head, body, deadline);
        const std::size_t of_head = std::min(count, head.size());
        head.remove_prefix(of_head);
        body.remove_prefix(count - of_head);
    }
}

std::size_t wire::send_some_by_tls(std::string_view bytes, clock::time_point deadline) {
    std::size_t count = 0;
    ERR_clear_error();
    const int outcome = SSL_write_ex(tls_.get(), bytes.data(), bytes.size(), &count);
    if (outcome != 1) wait_for_tls(outcome, deadline, progress::sent);
    return count;
}

// A page that is sent is not copied behind its head first.
std::size_t wire::send_some(
    std::string_view head, std::string_view body, clock::time_point deadline
) {
    // The kernel reads what it is given; POSIX has no type that says so.
    std::array<iovec, 2> parts{{
        {const_cast<char*>(head.data()), head.size()},
        {const_cast<char*>(body.data()), body.size()},
    }};
    msghdr both{};
    both.msg_iov = parts.data();
    both.msg_iovlen = parts.size();
    const ssize_t sent = ::sendmsg(socket_, &both, MSG_NOSIGNAL);
    if (sent >= 0) return static_cast<std::size_t>(sent);
    if (errno == EAGAIN) {
        wait_or_throw(socket_, POLLOUT, deadline, progress::sent);
    } else if (errno != EINTR) {
        throw connection_error("the connection was lost: " + text_of(errno), progress::sent);
    }
    return 0;
}

std::size_t wire::read(std::span<char> into, clock::time_point deadline, progress how_far) {
    // The answer to what was sent a moment ago is not there yet: waiting at once spares a question.
    if (!tls_ && how_far == progress::sent) wait_or_throw(socket_, POLLIN, deadline, how_far);
    for (;;) {
        if (tls_) {
            std::size_t count = 0;
            ERR_clear_error();
            const int outcome = SSL_read_ex(tls_.get(), into.data(), into.size(), &count);
            if (outcome == 1) return count;
            if (SSL_get_error(tls_.get(), outcome) == SSL_ERROR_ZERO_RETURN) return 0;
            wait_for_tls(outcome, deadline, how_far);
            continue;
        }
        const ssize_t count = ::recv(socket_, into.data(), into.size(), 0);
        if (count >= 0) return static_cast<std::size_t>(count);
        if (errno == EINTR) continue;
        if (errno != EAGAIN) {
            throw connection_error("the connection was lost: " + text_of(errno), how_far);
        }
        wait_or_throw(socket_, POLLIN, deadline, how_far);
    }
}

bool wire::is_quiet() {
    char one = 0;
    if (tls_) {
        ERR_clear_error();
        std::size_t count = 0;
        const int outcome = SSL_peek_ex(tls_.get(), &one, 1, &count);
        return outcome != 1 && SSL_get_error(tls_.get(), outcome) == SSL_ERROR_WANT_READ;
    }
    const ssize_t got = ::recv(socket_, &one, 1, MSG_PEEK | MSG_DONTWAIT);
    return got < 0 && errno == EAGAIN;
}

}  // namespace palabre::aws
