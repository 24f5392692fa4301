// SPDX-License-Identifier: Apache-2.0
#include "runtime/server/signals.hpp"

#include <csignal>
#include <system_error>

namespace palabre::server {
namespace {

sigset_t awaited() {
    sigset_t set;
    sigemptyset(&set);
    for (const int number : {SIGINT, SIGTERM, SIGHUP})
        sigaddset(&set, number);
    return set;
}

}  // namespace

signals::signals() {
    const sigset_t set = awaited();
    if (const int failed = pthread_sigmask(SIG_BLOCK, &set, nullptr)) {
        throw std::system_error(failed, std::system_category(), "blocking signals");
    }
    std::signal(SIGPIPE, SIG_IGN);
}

signals::wanted signals::wait() const {
    const sigset_t set = awaited();
    int number = 0;
    if (const int failed = sigwait(&set, &number)) {
        throw std::system_error(failed, std::system_category(), "waiting for a signal");
    }
    return number == SIGHUP ? wanted::reload : wanted::stop;
}

}  // namespace palabre::server
