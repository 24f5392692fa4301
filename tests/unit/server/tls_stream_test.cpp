// SPDX-License-Identifier: Apache-2.0
#include "runtime/server/tls_stream.hpp"

#include "runtime/server/self_signed.hpp"
#include "runtime/server/tls_context.hpp"
#include "support/temporary_folder.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <gtest/gtest.h>

namespace palabre::server {
namespace {

class tls_streams : public ::testing::Test {
protected:
    tls_streams() : context_(ensure_self_signed(folder_.path())), acceptor_(loop_.get_executor()) {
        const asio::ip::tcp::endpoint anywhere(asio::ip::address_v4::loopback(), 0);
        acceptor_.open(anywhere.protocol());
        acceptor_.bind(anywhere);
        acceptor_.listen();
    }

    // The server's end of a connection to nobody in particular.
    tls_stream accept() {
        client_.connect(acceptor_.local_endpoint());
        tcp_socket socket(loop_.get_executor());
        acceptor_.accept(socket);
        socket.non_blocking(true);
        return {std::move(socket), context_.current().get()};
    }

    void run(task<void> work) {
        asio::co_spawn(loop_, std::move(work), asio::detached);
        loop_.restart();
        loop_.run();
    }

    test::temporary_folder folder_;
    tls_context context_;
    asio::io_context loop_;
    tcp_acceptor acceptor_;
    tcp_socket client_{loop_.get_executor()};
};

// The number of a closed socket may be another connection's a moment later; OpenSSL would write
// to it.
TEST_F(tls_streams, touch_no_socket_that_was_closed) {
    tls_stream stream = accept();
    stream.socket().close();
    tcp_socket other(loop_.get_executor());
    other.open(asio::ip::tcp::v4());  // takes the number that became free

    const std::array<asio::const_buffer, 2> pieces{asio::buffer("x", 1)};
    error_code at_once, handshake, write, shut_down;
    EXPECT_EQ(stream.write_at_once(pieces, at_once), 0U);
    EXPECT_EQ(at_once, asio::error::operation_aborted);
    run([](auto& served, auto& first, auto& second, auto& third, auto piece) -> task<void> {
        co_await served.shake_hands(first);
        co_await served.write_some(piece, second);
        co_await served.shut_down(third);
    }(stream, handshake, write, shut_down, pieces));
    EXPECT_EQ(handshake, asio::error::operation_aborted);
    EXPECT_EQ(write, asio::error::operation_aborted);
    EXPECT_EQ(shut_down, asio::error::operation_aborted);
}

// Closed while a verb waits, as by loop::evict_oldest.
TEST_F(tls_streams, end_when_they_are_closed_while_they_wait) {
    tls_stream stream = accept();
    error_code failed;
    asio::co_spawn(
        loop_,
        [](auto& served, auto& outcome) -> task<void> {
            co_await served.shake_hands(outcome);
        }(stream, failed),
        asio::detached
    );
    loop_.poll();
    EXPECT_FALSE(failed) << "the client says nothing";
    stream.socket().close();
    loop_.run();
    EXPECT_EQ(failed, asio::error::operation_aborted);
}

TEST_F(tls_streams, fail_when_the_client_leaves) {
    tls_stream stream = accept();
    client_.close();
    error_code failed;
    run([](auto& served, auto& outcome) -> task<void> {
        co_await served.shake_hands(outcome);
    }(stream, failed));
    EXPECT_TRUE(failed);
}

}  // namespace
}  // namespace palabre::server
