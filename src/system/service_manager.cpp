// SPDX-License-Identifier: Apache-2.0
#include "system/service_manager.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <utility>

namespace palabre {
namespace {

// What sockaddr_un can hold; a path needs its terminating zero, an abstract name does not.
constexpr std::size_t address_bytes_max = sizeof(sockaddr_un::sun_path) - 1;

bool is_usable(std::string_view address) {
    return address.size() > 1 && address.size() <= address_bytes_max &&
           (address.front() == '/' || address.front() == '@');
}

// Since version 253 systemd wants to know when a reload began, by the clock of its own loop.
std::string monotonic_us() {
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return std::to_string(
        static_cast<long long>(now.tv_sec) * 1'000'000 + static_cast<long long>(now.tv_nsec) / 1'000
    );
}

}  // namespace

std::string service_manager_address() {
    const char* const address = std::getenv("NOTIFY_SOCKET");
    return address ? address : "";
}

service_manager::service_manager(std::string address, complaint complain)
    : address_(std::move(address)), complain_(std::move(complain)) {
    if (address_.empty()) return;
    if (!is_usable(address_)) {
        complain_("NOTIFY_SOCKET is not an address that can be used: " + address_);
        return;
    }
    socket_ = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (socket_ < 0) complain_(std::string("no socket for NOTIFY_SOCKET: ") + std::strerror(errno));
}

service_manager::~service_manager() {
    if (socket_ >= 0) ::close(socket_);
}

void service_manager::ready() const {
    tell("READY=1");
}

void service_manager::reloading() const {
    tell("RELOADING=1\nMONOTONIC_USEC=" + monotonic_us());
}

void service_manager::stopping() const {
    tell("STOPPING=1");
}

// Addressed anew each time: a manager that was started again listens on a new socket there.
void service_manager::tell(std::string_view state) const {
    if (socket_ < 0) return;
    sockaddr_un to{};
    to.sun_family = AF_UNIX;
    std::memcpy(to.sun_path, address_.data(), address_.size());
    auto size = offsetof(sockaddr_un, sun_path) + address_.size();
    if (address_.front() == '@') {
        to.sun_path[0] = '\0';
    } else {
        ++size;
    }
    const auto* const generic = reinterpret_cast<const sockaddr*>(&to);
    const auto length = static_cast<socklen_t>(size);
    if (::sendto(socket_, state.data(), state.size(), MSG_NOSIGNAL, generic, length) < 0) {
        complain_(
            "the service manager at " + address_ + " cannot be told: " + std::strerror(errno)
        );
    }
}

}  // namespace palabre
