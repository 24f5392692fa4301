// SPDX-License-Identifier: Apache-2.0
#include "aws/resolve.hpp"

#include "aws/connection_error.hpp"

#include <ares.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <mutex>
#include <optional>

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

struct search {
    std::vector<pollfd> sockets;  // of c-ares, as it told us
    bool done = false;
    int status = ARES_SUCCESS;
    std::vector<socket_address> found;
};

[[noreturn]] void fail(const std::string& host, const char* why) {
    throw connection_error("the address of " + host + " was not found: " + why, progress::none);
}

// c-ares waits for something else at one of its sockets now, or for nothing more.
void note_socket(void* of, ares_socket_t socket, int readable, int writable) {
    auto& sockets = static_cast<search*>(of)->sockets;
    std::erase_if(sockets, [&](const pollfd& each) { return each.fd == socket; });
    const int events = (readable != 0 ? POLLIN : 0) | (writable != 0 ? POLLOUT : 0);
    if (events != 0) sockets.push_back({socket, static_cast<short>(events), 0});
}

channel make_channel(const std::string& host, search& told) {
    static std::once_flag once;
    std::call_once(once, [] { ares_library_init(ARES_LIB_INIT_ALL); });
    ares_options options{};
    options.timeout = query_timeout_ms;
    options.tries = query_tries;
    options.sock_state_cb = note_socket;
    options.sock_state_cb_data = &told;
    ares_channel made = nullptr;
    const int status = ares_init_options(
        &made, &options, ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_SOCK_STATE_CB
    );
    if (status != ARES_SUCCESS) fail(host, ares_strerror(status));
    return channel(made);
}

void take(void* to, int status, int, ares_addrinfo* found) {
    auto& into = *static_cast<search*>(to);
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

template <class T>
socket_address address_from(const T& bytes) {
    socket_address made;
    made.length = sizeof bytes;
    std::memcpy(&made.bytes, &bytes, sizeof bytes);
    return made;
}

// For an address c-ares would read its three files too, and then ask the name servers all the same.
std::optional<socket_address> parse_address(const std::string& host) {
    sockaddr_in four{};
    four.sin_family = AF_INET;
    if (::inet_pton(AF_INET, host.c_str(), &four.sin_addr) == 1) return address_from(four);
    sockaddr_in6 six{};
    six.sin6_family = AF_INET6;
    if (::inet_pton(AF_INET6, host.c_str(), &six.sin6_addr) == 1) return address_from(six);
    return std::nullopt;
}

void set_port(socket_address& of, std::uint16_t port) {
    if (of.bytes.ss_family == AF_INET) {
        reinterpret_cast<sockaddr_in&>(of.bytes).sin_port = htons(port);
    } else {
        reinterpret_cast<sockaddr_in6&>(of.bytes).sin6_port = htons(port);
    }
}

// Waits until one of the sockets has something, or c-ares wants to ask again.
void wait(ares_channel with, const search& of, milliseconds at_most) {
    timeval most{at_most.count() / 1000, (at_most.count() % 1000) * 1000};
    timeval own{};
    const timeval* chosen = ares_timeout(with, &most, &own);
    const auto ms = static_cast<int>(chosen->tv_sec * 1000 + chosen->tv_usec / 1000 + 1);
    std::vector<pollfd> waiting = of.sockets;  // processing changes the other
    ::poll(waiting.data(), waiting.size(), ms);
    bool any = false;
    for (const pollfd& each : waiting) {
        if (each.revents == 0) continue;
        any = true;
        const bool readable = (each.revents & (POLLIN | POLLERR | POLLHUP)) != 0;
        const bool writable = (each.revents & POLLOUT) != 0;
        ares_process_fd(
            with, readable ? each.fd : ARES_SOCKET_BAD, writable ? each.fd : ARES_SOCKET_BAD
        );
    }
    if (!any) ares_process_fd(with, ARES_SOCKET_BAD, ARES_SOCKET_BAD);  // time has passed
}

}  // namespace

std::vector<socket_address> resolve(
    const std::string& host, std::uint16_t port, clock::time_point deadline
) {
    if (auto given = parse_address(host)) {
        set_port(*given, port);
        return {*given};
    }
    search into;  // told of until the channel is gone
    const channel with = make_channel(host, into);
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
        wait(with.get(), into, left);
    }
    if (into.status != ARES_SUCCESS) fail(host, ares_strerror(into.status));
    for (socket_address& each : into.found)
        set_port(each, port);
    return into.found;
}

}  // namespace palabre::aws
