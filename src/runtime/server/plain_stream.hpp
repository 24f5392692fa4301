// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runtime/server/asio_types.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <utility>

namespace palabre::server {

// A connection without TLS, with the same verbs as tls_stream.
class plain_stream {
public:
    explicit plain_stream(tcp_socket socket) : socket_(std::move(socket)) {}

    [[nodiscard]] tcp_socket& socket() noexcept { return socket_; }

    [[nodiscard]] task<std::size_t> read_some(std::span<char> into, error_code& failed) {
        return socket_.async_read_some(
            asio::buffer(into.data(), into.size()), asio::redirect_error(in_task, failed)
        );
    }

    [[nodiscard]] std::size_t write_at_once(
        const std::array<asio::const_buffer, 2>& pieces, error_code& failed
    ) {
        return socket_.write_some(pieces, failed);
    }

    [[nodiscard]] task<std::size_t> write_some(
        const std::array<asio::const_buffer, 2>& pieces, error_code& failed
    ) {
        return socket_.async_write_some(pieces, asio::redirect_error(in_task, failed));
    }

private:
    tcp_socket socket_;
};

}  // namespace palabre::server
