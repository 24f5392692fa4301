// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/handler.hpp"
#include "ports/request_log.hpp"
#include "runtime/server/blocking_pool.hpp"
#include "runtime/server/connection.hpp"
#include "runtime/server/options.hpp"
#include "runtime/server/response_head.hpp"
#include "runtime/server/stats.hpp"
#include "runtime/server/tls_context.hpp"

#include <array>
#include <atomic>
#include <cstdint>
#include <list>
#include <memory>
#include <string_view>
#include <vector>

namespace palabre::server {

class loop;

// What all loops of a server share. Built before them, gone after them.
struct shared_parts {
    shared_parts(options all, http::handler& asked, request_log* told);
    ~shared_parts();

    options chosen;
    http::handler& application;
    request_log* log;
    server_stats stats;
    blocking_pool pool;
    std::unique_ptr<tls_context> tls;  // null when no endpoint speaks it
    std::vector<std::unique_ptr<loop>> loops;
};

// One event loop: its own acceptors, its own connections, one thread. Only what says so may be
// called from another thread.
class loop {
public:
    explicit loop(shared_parts& shared);
    ~loop();
    loop(const loop&) = delete;
    loop& operator=(const loop&) = delete;

    // Binds and listens; before run(). The port that was bound. Throws boost::system::system_error.
    std::uint16_t listen(const endpoint& where);

    // Serves until shut_down() and until the last connection is gone.
    void run();

    // No new connections; idle ones end now, the others with their answer, all of them with the
    // end of the grace. From any thread.
    void shut_down();

    // Since when its longest idle connection waits, as clock ticks; the largest number when none
    // is idle. From any thread.
    [[nodiscard]] clock::rep oldest_idle() const noexcept { return oldest_idle_; }

    // For connections.
    [[nodiscard]] shared_parts& shared() noexcept { return shared_; }
    [[nodiscard]] executor get_executor() noexcept { return context_.get_executor(); }
    [[nodiscard]] bool draining() const noexcept { return draining_; }
    [[nodiscard]] std::string_view date();
    void write_request_id(std::array<char, 16>& out) noexcept;
    void add(connection& fresh) { all_.push_back(fresh); }
    void removed() noexcept;
    void enter_idle(connection& waiting, clock::time_point since) noexcept;
    void leave_idle(connection& busy) noexcept;
    // A deadline that is never early, for the price of no look at the clock.
    [[nodiscard]] clock::time_point in(std::chrono::milliseconds time) const noexcept {
        return swept_at_ + shared_.chosen.times.sweep + time;
    }

private:
    struct listener {
        tcp_acceptor acceptor;
        endpoint where;
    };

    task<void> accept_from(listener& from);
    [[nodiscard]] bool is_unwanted(const tcp_socket& socket) const;
    void admit(tcp_socket socket, const endpoint& where);
    void start_session(tcp_socket socket, const endpoint& where);
    [[nodiscard]] bool make_room();
    void evict_oldest() noexcept;
    void refuse(tcp_socket socket, const endpoint& where);
    task<void> sweep();
    void drain();
    void publish_oldest() noexcept;

    shared_parts& shared_;
    // The lists come before the context: its end destroys suspended connections, which unlink.
    connection_list<all_tag> all_;
    connection_list<idle_tag> idle_;
    std::atomic<clock::rep> oldest_idle_;
    date_line date_;
    std::uint64_t request_number_;
    clock::time_point swept_at_;
    clock::time_point grace_ends_ = clock::time_point::max();
    bool draining_ = false;
    asio::io_context context_;
    timer sweep_timer_;
    std::list<listener> listeners_;
};

}  // namespace palabre::server
