// SPDX-License-Identifier: Apache-2.0
#include "runtime/server/loop.hpp"

#include "runtime/server/peer_address.hpp"
#include "runtime/server/session.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <sys/socket.h>

#include <algorithm>
#include <csignal>
#include <exception>
#include <limits>
#include <random>
#include <utility>

namespace palabre::server {
namespace {

constexpr clock::rep none_idle = std::numeric_limits<clock::rep>::max();
constexpr std::chrono::milliseconds pause_without_descriptors{50};

using reuse_port = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

std::uint64_t random_start() {
    std::random_device source;
    return (std::uint64_t{source()} << 32U) | source();
}

// OpenSSL writes with write(2), which knows no MSG_NOSIGNAL. A signal that this thread does not
// take is an error code to it, and other threads keep what they chose.
void ignore_broken_pipes() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

// A bijection on 64 bits (splitmix64): numbers counted up become ids that look drawn, and differ.
std::uint64_t scattered(std::uint64_t number) noexcept {
    number = (number ^ (number >> 30U)) * 0xbf58476d1ce4e5b9U;
    number = (number ^ (number >> 27U)) * 0x94d049bb133111ebU;
    return number ^ (number >> 31U);
}

}  // namespace

shared_parts::shared_parts(options all, http::handler& asked, request_log* told)
    : chosen(std::move(all)),
      application(asked),
      log(told),
      pool(
          {chosen.blocking_threads_max, chosen.reading_threads_max, chosen.blocking_queue_max},
          stats
      ),
      tls(chosen.tls ? std::make_unique<tls_context>(*chosen.tls) : nullptr) {}

shared_parts::~shared_parts() = default;

loop::loop(shared_parts& shared)
    : shared_(shared),
      oldest_idle_(none_idle),
      request_number_(random_start()),
      swept_at_(clock::now()),
      // Sockets are touched by one thread only; other threads may post.
      context_(BOOST_ASIO_CONCURRENCY_HINT_UNSAFE_IO),
      sweep_timer_(context_.get_executor()) {}

loop::~loop() = default;

std::uint16_t loop::listen(const endpoint& where) {
    const asio::ip::tcp::endpoint local(asio::ip::make_address(where.address), where.port);
    tcp_acceptor acceptor(context_.get_executor());
    acceptor.open(local.protocol());
    acceptor.set_option(tcp_acceptor::reuse_address(true));
    acceptor.set_option(reuse_port(true));
    if (local.address().is_v6()) acceptor.set_option(asio::ip::v6_only(true));
    acceptor.bind(local);
    acceptor.listen();
    acceptor.non_blocking(true);
    const std::uint16_t port = acceptor.local_endpoint().port();
    listeners_.push_back({std::move(acceptor), where});
    return port;
}

void loop::run() {
    ignore_broken_pipes();
    swept_at_ = clock::now();
    const auto report = [](const std::exception_ptr& failed) {
        if (failed) std::rethrow_exception(failed);
    };
    for (listener& each : listeners_) {
        asio::co_spawn(context_, accept_from(each), report);
    }
    asio::co_spawn(context_, sweep(), report);
    context_.run();
}

void loop::shut_down() {
    asio::post(context_, [this] { drain(); });
}

void loop::drain() {
    if (draining_) return;
    draining_ = true;
    grace_ends_ = clock::now() + shared_.chosen.times.shutdown_grace;
    error_code ignored;
    for (listener& each : listeners_)
        each.acceptor.close(ignored);
    while (!idle_.empty()) {
        connection& waiting = idle_.front();
        leave_idle(waiting);
        waiting.drop();
    }
    sweep_timer_.cancel();
}

task<void> loop::accept_from(listener& from) {
    timer pause(context_.get_executor());
    while (!draining_) {
        error_code failed;
        tcp_socket socket(context_.get_executor());
        co_await from.acceptor.async_accept(socket, asio::redirect_error(in_task, failed));
        if (draining_) co_return;
        if (!failed) {
            admit(std::move(socket), from.where);
        } else if (failed != asio::error::connection_aborted) {
            // No descriptor or no memory: asking again at once would spin.
            pause.expires_after(pause_without_descriptors);
            co_await pause.async_wait(asio::redirect_error(in_task, failed));
        }
    }
}

bool loop::is_unwanted(const tcp_socket& socket) const {
    const auto& may_connect = shared_.chosen.may_connect;
    if (!may_connect) return false;
    const ip_address peer = peer_address(socket);
    return !shared_.chosen.proxies.trusts(peer) && !may_connect(peer, clock::now());
}

void loop::admit(tcp_socket socket, const endpoint& where) {
    ++shared_.stats.connections_accepted;
    if (is_unwanted(socket)) return;
    const std::uint64_t open = ++shared_.stats.connections_open;
    if (open > shared_.chosen.connections_max && !make_room()) {
        --shared_.stats.connections_open;
        ++shared_.stats.connections_refused;
        refuse(std::move(socket), where);
        return;
    }
    error_code failed;
    socket.non_blocking(true, failed);
    if (!failed) socket.set_option(asio::ip::tcp::no_delay(true), failed);
    if (failed) {
        --shared_.stats.connections_open;  // the client has left again
        return;
    }
    start_session(std::move(socket), where);
}

void loop::start_session(tcp_socket socket, const endpoint& where) {
    const auto ended = [this](const std::exception_ptr& failed) {
        --shared_.stats.connections_open;
        removed();
        if (!failed) return;
        try {
            std::rethrow_exception(failed);
        } catch (const std::exception& error) {
            shared_.chosen.warn(std::string("a connection ended: ") + error.what());
        }
    };
    if (where.speaks == transport::tls) {
        asio::co_spawn(context_, serve_tls(*this, std::move(socket)), ended);
    } else {
        asio::co_spawn(context_, serve_plain(*this, std::move(socket), where), ended);
    }
}

bool loop::make_room() {
    const auto oldest = std::ranges::min_element(
        shared_.loops, {}, [](const std::unique_ptr<loop>& each) { return each->oldest_idle(); }
    );
    loop& chosen = **oldest;
    if (chosen.oldest_idle() == none_idle) return false;
    if (&chosen == this) {
        evict_oldest();
    } else {
        asio::post(chosen.context_, [&chosen] {
            // Several newcomers may have counted on the same one: then another has to go.
            const shared_parts& all = chosen.shared_;
            const bool full = all.stats.connections_open > all.chosen.connections_max;
            if (!chosen.idle_.empty()) {
                chosen.evict_oldest();
            } else if (full) {
                (void)chosen.make_room();
            }
        });
    }
    return true;
}

void loop::evict_oldest() noexcept {
    connection& oldest = idle_.front();
    leave_idle(oldest);
    oldest.drop();
    ++shared_.stats.connections_evicted;
}

// The answer is one small write into an empty socket buffer; who cannot take it gets nothing.
void loop::refuse(tcp_socket socket, const endpoint& where) {
    if (where.speaks == transport::tls) return;
    http::response answer = shared_.chosen.make_problem(
        errc::too_busy, "Too many connections are open. Try again in a moment."
    );
    if (answer.find("retry-after") == nullptr) answer.set("retry-after", "1");
    std::array<char, 16> id{};
    write_request_id(id);
    const auto* body = std::get_if<std::string>(&answer.body);
    std::string text;
    write_head(
        text, answer, {date(), {id.data(), id.size()}, body ? body->size() : 0, after_answer::close}
    );
    if (body != nullptr) text += *body;
    error_code ignored;
    socket.non_blocking(true, ignored);
    socket.write_some(asio::buffer(text), ignored);
    socket.shutdown(tcp_socket::shutdown_send, ignored);
    // Bytes that nobody read would turn our answer into a reset.
    std::array<char, 4096> unread{};
    socket.read_some(asio::buffer(unread), ignored);
}

task<void> loop::sweep() {
    while (!draining_ || !all_.empty()) {
        error_code ignored;
        sweep_timer_.expires_after(shared_.chosen.times.sweep);
        co_await sweep_timer_.async_wait(asio::redirect_error(in_task, ignored));
        swept_at_ = clock::now();
        const bool grace_is_over = swept_at_ >= grace_ends_;
        for (auto at = all_.begin(); at != all_.end();) {
            connection& each = *at++;
            if (grace_is_over) {
                each.drop();
            } else if (each.deadline() <= swept_at_) {
                each.expire();
            }
        }
    }
}

std::string_view loop::date() {
    return date_.at(std::time(nullptr));
}

void loop::write_request_id(std::array<char, 16>& out) noexcept {
    std::uint64_t bits = scattered(++request_number_);
    for (char& digit : out) {
        digit = "0123456789abcdef"[bits & 0xfU];
        bits >>= 4U;
    }
}

void loop::removed() noexcept {
    if (draining_ && all_.empty()) sweep_timer_.cancel();
}

void loop::enter_idle(connection& waiting, clock::time_point since) noexcept {
    if (waiting.idle()) return;
    waiting.idle_since = since;
    idle_.push_back(waiting);
    if (&idle_.front() == &waiting) publish_oldest();
}

void loop::leave_idle(connection& busy) noexcept {
    if (!busy.idle()) return;
    const bool was_oldest = &idle_.front() == &busy;
    idle_.erase(idle_.iterator_to(busy));
    if (was_oldest) publish_oldest();
}

void loop::publish_oldest() noexcept {
    oldest_idle_.store(
        idle_.empty() ? none_idle : idle_.front().idle_since.time_since_epoch().count(),
        std::memory_order_relaxed
    );
}

}  // namespace palabre::server
