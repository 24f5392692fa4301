// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runtime/server/asio_types.hpp"

#include <openssl/types.h>

#include <array>
#include <cstddef>
#include <memory>
#include <span>

namespace palabre::server {

// The server's end of a connection over TLS. OpenSSL reads and writes the socket itself: through
// asio::ssl::stream each byte would be copied twice more, to and from a pair of memory buffers.
// One verb at a time. `failed` is left alone when all went well; the socket's cancel() ends a verb
// that waits. The thread must not be hit by SIGPIPE (loop::run sees to it).
class tls_stream {
public:
    // The socket does not block. Throws std::bad_alloc.
    tls_stream(tcp_socket socket, SSL_CTX* context);

    [[nodiscard]] tcp_socket& socket() noexcept { return socket_; }

    [[nodiscard]] task<void> shake_hands(error_code& failed);

    // At least one byte, unless it failed; a client that closes is a failure too.
    [[nodiscard]] task<std::size_t> read_some(std::span<char> into, error_code& failed);

    // What goes out without waiting, of the first piece that is not empty. would_block when nothing
    // does: then the same bytes have to come first in the next write.
    [[nodiscard]] std::size_t write_at_once(
        const std::array<asio::const_buffer, 2>& pieces, error_code& failed
    );
    [[nodiscard]] task<std::size_t> write_some(
        const std::array<asio::const_buffer, 2>& pieces, error_code& failed
    );

    // Says that nothing more will come, and waits for the client to say so too.
    [[nodiscard]] task<void> shut_down(error_code& failed);

private:
    struct freed_by_openssl {
        void operator()(SSL* tls) const noexcept;
    };

    // Before each call of OpenSSL, which reads its queue of errors to tell what happened, so it
    // must hold those of that call alone. False when the socket was closed meanwhile: its number
    // may be another connection's by now, and OpenSSL knows nothing else of it.
    [[nodiscard]] bool may_call(error_code& failed) const;

    // Waits for what OpenSSL asked for by the `outcome` of its last call; when it asked for
    // nothing, says what failed.
    [[nodiscard]] task<void> wait_for(int outcome, error_code& failed);

    tcp_socket socket_;
    std::unique_ptr<SSL, freed_by_openssl> tls_;
};

}  // namespace palabre::server
