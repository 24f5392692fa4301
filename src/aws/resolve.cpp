// SPDX-License-Identifier: Apache-2.0
#include "aws/resolve.hpp"

#include "aws/connection_error.hpp"

#include <ares.h>
#include <netinet/in.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <mutex>

namespace palabre::aws {
namespace {

using clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

// One name server that does not answer must not use up all of a call's time.
constexpr int query_timeout_ms = 1'000;
constexpr int query_tries = 2;

struct channel_closer {
    void operator()(ares_channel channel) const noexcept { ares_destroy(channel); }
};
using channel = std::unique_ptr<std::remove_pointer_t<ares_channel>, channel_closer>;

struct answer {
    bool done = false;
    int status = ARES_SUCCESS;
    std::vector<socket_address> found;
};

[[noreturn]] void fail(const std::string& host, const char* why) {
    throw connection_error("the address of " + host + " was not found: " + why, progress::none);
}

channel make_channel(const std::string& host) {
    static std::once_flag once;
    std::call_once(once, [] { ares_library_init(ARES_LIB_INIT_ALL); });
    ares_options options{};
    options.timeout = query_timeout_ms;
    options.tries = query_tries;
    ares_channel made = nullptr;
    const int status = ares_init_options(&made, &options, ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES);
    if (status != ARES_SUCCESS) fail(host, ares_strerror(status));
    return channel(made);
}

void take(void* to, int status, int, ares_addrinfo* found) {
    auto& into = *static_cast<answer*>(to);
    into.done = true;
    into.status = status;
    if (found == nullptr) return;
    for (const ares_addrinfo_node* each = found->nodes; each != nullptr; each = each->ai_next) {
        socket_address address;
        address.length = each->ai_addrlen;
        std::memcpy(&address.bytes, each->ai_addr, each->ai_addrlen);
        into.found.push_back(address);
    }
    ares_freeaddrinfo(found);
}

// Waits until one of the resolver's sockets has something, or it wants to ask again.
void wait(ares_channel with, milliseconds at_most) {
    std::array<ares_socket_t, ARES_GETSOCK_MAXNUM> sockets{};
    const int wanted = ares_getsock(with, sockets.data(), sockets.size());
    std::array<pollfd, ARES_GETSOCK_MAXNUM> waiting{};
    nfds_t count = 0;
    for (int i = 0; i < ARES_GETSOCK_MAXNUM; ++i) {
        short events = 0;
        if (ARES_GETSOCK_READABLE(wanted, i)) events |= POLLIN;
        if (ARES_GETSOCK_WRITABLE(wanted, i)) events |= POLLOUT;
        if (events != 0) waiting[count++] = {sockets[static_cast<std::size_t>(i)], events, 0};
    }
    timeval most{at_most.count() / 1000, (at_most.count() % 1000) * 1000};
    timeval own{};
    const timeval* chosen = ares_timeout(with, &most, &own);
    const auto ms = static_cast<int>(chosen->tv_sec * 1000 + chosen->tv_usec / 1000 + 1);
    ::poll(waiting.data(), count, ms);
    if (count == 0) ares_process_fd(with, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
    for (nfds_t i = 0; i < count; ++i) {
        const auto got = waiting[i].revents;
        const bool readable = (got & (POLLIN | POLLERR | POLLHUP)) != 0;
        ares_process_fd(
            with,
            readable ? waiting[i].fd : ARES_SOCKET_BAD,
            (got & POLLOUT) != 0 ? waiting[i].fd : ARES_SOCKET_BAD
        );
    }
}

}  // namespace

std::vector<socket_address> resolve(
    const std::string& host, std::uint16_t port, clock::time_point deadline
) {
    const channel with = make_channel(host);
    answer into;
    ares_addrinfo_hints hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    // No name of a service: c-ares would ask the C library for its number.
    ares_getaddrinfo(with.get(), host.c_str(), nullptr, &hints, take, &into);
    while (!into.done) {
        const auto left = std::chrono::duration_cast<milliseconds>(deadline - clock::now());
        if (left <= milliseconds(0)) {
            ares_cancel(with.get());  // calls `take` a last time
            fail(host, "no name server answered in time");
        }
        wait(with.get(), left);
    }
    if (into.status != ARES_SUCCESS) fail(host, ares_strerror(into.status));
    for (socket_address& each : into.found) {
        if (each.bytes.ss_family == AF_INET) {
            reinterpret_cast<sockaddr_in&>(each.bytes).sin_port = htons(port);
        } else {
            reinterpret_cast<sockaddr_in6&>(each.bytes).sin6_port = htons(port);
        }
    }
    return into.found;
}

}  // namespace palabre::aws
