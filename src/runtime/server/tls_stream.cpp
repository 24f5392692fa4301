// SPDX-License-Identifier: Apache-2.0
#include "runtime/server/tls_stream.hpp"

#include <boost/asio/error.hpp>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <cerrno>
#include <new>
#include <utility>

namespace palabre::server {
namespace {

// What a call that did not succeed means; no error when it only wants to wait.
error_code why(int ssl_error, int system_error) {
    switch (ssl_error) {
        case SSL_ERROR_WANT_READ:
        case SSL_ERROR_WANT_WRITE:
            return {};
        case SSL_ERROR_SYSCALL:
            if (system_error != 0) return {system_error, boost::system::system_category()};
            return asio::error::eof;
        case SSL_ERROR_ZERO_RETURN:
            return asio::error::eof;
        default:
            // Details would only interest whoever attacks us; the connection ends in any case.
            return asio::error::connection_aborted;
    }
}

asio::const_buffer first_of(const std::array<asio::const_buffer, 2>& pieces) {
    return pieces[0].size() != 0 ? pieces[0] : pieces[1];
}

}  // namespace

void tls_stream::freed_by_openssl::operator()(SSL* tls) const noexcept {
    SSL_free(tls);
}

tls_stream::tls_stream(tcp_socket socket, SSL_CTX* context)
    : socket_(std::move(socket)), tls_(SSL_new(context)) {
    if (!tls_ || SSL_set_fd(tls_.get(), socket_.native_handle()) != 1) throw std::bad_alloc();
    SSL_set_accept_state(tls_.get());
}

bool tls_stream::may_call(error_code& failed) const {
    if (!failed && !socket_.is_open()) failed = asio::error::operation_aborted;
    ERR_clear_error();
    errno = 0;
    return !failed;
}

task<void> tls_stream::shake_hands(error_code& failed) {
    while (may_call(failed)) {
        const int outcome = SSL_do_handshake(tls_.get());
        if (outcome == 1) co_return;
        co_await wait_for(outcome, failed);
    }
}

task<std::size_t> tls_stream::read_some(std::span<char> into, error_code& failed) {
    // A client mostly has nothing to say before it has read our answer: do not ask in vain.
    if (SSL_has_pending(tls_.get()) == 0) {
        co_await socket_.async_wait(tcp_socket::wait_read, asio::redirect_error(in_task, failed));
    }
    while (may_call(failed)) {
        std::size_t count = 0;
        const int outcome = SSL_read_ex(tls_.get(), into.data(), into.size(), &count);
        if (outcome == 1) co_return count;
        co_await wait_for(outcome, failed);
    }
    co_return 0;
}

std::size_t tls_stream::write_at_once(
    const std::array<asio::const_buffer, 2>& pieces, error_code& failed
) {
    if (!may_call(failed)) return 0;
    const asio::const_buffer piece = first_of(pieces);
    std::size_t count = 0;
    const int outcome = SSL_write_ex(tls_.get(), piece.data(), piece.size(), &count);
    if (outcome == 1) return count;
    failed = why(SSL_get_error(tls_.get(), outcome), errno);
    if (!failed) failed = asio::error::would_block;
    return 0;
}

task<std::size_t> tls_stream::write_some(
    const std::array<asio::const_buffer, 2>& pieces, error_code& failed
) {
    const asio::const_buffer piece = first_of(pieces);
    while (may_call(failed)) {
        std::size_t count = 0;
        const int outcome = SSL_write_ex(tls_.get(), piece.data(), piece.size(), &count);
        if (outcome == 1) co_return count;
        co_await wait_for(outcome, failed);
    }
    co_return 0;
}

task<void> tls_stream::shut_down(error_code& failed) {
    while (may_call(failed)) {
        const int outcome = SSL_shutdown(tls_.get());
        if (outcome == 1) co_return;
        // 0: ours is said, and the next call looks for the client's.
        if (outcome < 0) co_await wait_for(outcome, failed);
    }
}

task<void> tls_stream::wait_for(int outcome, error_code& failed) {
    const int system_error = errno;
    const int wanted = SSL_get_error(tls_.get(), outcome);
    failed = why(wanted, system_error);
    if (failed) co_return;
    co_await socket_.async_wait(
        wanted == SSL_ERROR_WANT_READ ? tcp_socket::wait_read : tcp_socket::wait_write,
        asio::redirect_error(in_task, failed)
    );
}

}  // namespace palabre::server
