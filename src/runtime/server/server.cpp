// SPDX-License-Identifier: Apache-2.0
#include "runtime/server/server.hpp"

#include "runtime/server/loop.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <iostream>
#include <stdexcept>
#include <thread>
#include <utility>

namespace palabre::server {
namespace {

// Sockets are not all that a process opens: database, files on their way out, pipes, logs.
constexpr std::size_t descriptors_for_others = 256;
constexpr std::size_t connections_min = 16;

options checked(options chosen) {
    if (!chosen.make_problem) throw std::invalid_argument("options.make_problem is needed");
    if (chosen.endpoints.empty()) throw std::invalid_argument("no endpoint to listen at");
    const bool speaks_tls = std::ranges::any_of(chosen.endpoints, [](const endpoint& each) {
        return each.speaks == transport::tls;
    });
    if (speaks_tls && !chosen.tls) {
        throw std::invalid_argument("an endpoint speaks TLS, but there is no certificate");
    }
    if (chosen.threads == 0) chosen.threads = std::max(1U, std::thread::hardware_concurrency());
    if (!chosen.warn) {
        chosen.warn = [](std::string_view text) { std::cerr << text << '\n'; };
    }
    return chosen;
}

void raise_descriptor_limit(options& chosen) {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    getrlimit(RLIMIT_NOFILE, &limit);
    const std::size_t needed = chosen.connections_max + descriptors_for_others;
    if (needed <= limit.rlim_cur) return;
    const std::size_t room =
        limit.rlim_cur > descriptors_for_others ? limit.rlim_cur - descriptors_for_others : 0;
    const std::size_t lowered = std::max(connections_min, room);
    chosen.warn(fmt::format(
        "the system allows {} open files (RLIMIT_NOFILE): at most {} connections, not {}",
        limit.rlim_cur,
        lowered,
        chosen.connections_max
    ));
    chosen.connections_max = lowered;
}

// SO_REUSEPORT would let a second server of the same user bind beside a first one and take half of
// its readers: a plain bind finds the first one out.
void refuse_occupied(const endpoint& where) {
    if (where.port == 0) return;
    const asio::ip::tcp::endpoint local(asio::ip::make_address(where.address), where.port);
    asio::io_context context;
    asio::ip::tcp::acceptor probe(context);
    probe.open(local.protocol());
    probe.set_option(asio::ip::tcp::acceptor::reuse_address(true));
    if (local.address().is_v6()) probe.set_option(asio::ip::v6_only(true));
    probe.bind(local);
}

}  // namespace

struct server::parts {
    parts(options chosen, http::handler& application, request_log* log)
        : shared(std::move(chosen), application, log) {}

    shared_parts shared;
    std::vector<endpoint> bound;
    std::vector<std::thread> threads;
};

server::server(options chosen, http::handler& application, request_log* log)
    : parts_(std::make_unique<parts>(checked(std::move(chosen)), application, log)) {}

server::~server() {
    shut_down();
    wait();
}

void server::start() {
    shared_parts& shared = parts_->shared;
    raise_descriptor_limit(shared.chosen);
    for (std::size_t i = 0; i < shared.chosen.threads; ++i) {
        shared.loops.push_back(std::make_unique<loop>(shared));
    }
    for (endpoint where : shared.chosen.endpoints) {
        try {
            refuse_occupied(where);
            // The first loop learns the port that the kernel chose, the others share it.
            for (const auto& each : shared.loops)
                where.port = each->listen(where);
        } catch (const boost::system::system_error& failed) {
            shared.loops.clear();
            throw std::system_error(
                std::error_code(failed.code()),
                fmt::format("listening at {} port {}", where.address, where.port)
            );
        }
        parts_->bound.push_back(where);
    }
    for (const auto& each : shared.loops) {
        parts_->threads.emplace_back([&running = *each] { running.run(); });
    }
}

std::vector<endpoint> server::endpoints() const {
    return parts_->bound;
}

std::optional<std::string> server::reload_certificates() {
    if (!parts_->shared.tls) return std::nullopt;
    return parts_->shared.tls->reload();
}

void server::shut_down() {
    for (const auto& each : parts_->shared.loops)
        each->shut_down();
}

void server::wait() {
    for (std::thread& thread : parts_->threads)
        thread.join();
    parts_->threads.clear();
}

const server_stats& server::stats() const noexcept {
    return parts_->shared.stats;
}

}  // namespace palabre::server
