// SPDX-License-Identifier: Apache-2.0
#include "home/machine/reload.hpp"

#include <fmt/format.h>

#include <csignal>
#include <cstdio>
#include <exception>

namespace palabre::machine {

void reload(server::server& running, site::static_site* site, log_file& log) {
    if (const auto failed = running.reload_certificates()) {
        fmt::print(stderr, "palabre: the old certificate stays: {}\n", *failed);
    }
    if (const auto failed = log.reopen()) {
        fmt::print(stderr, "palabre: the old log file stays: {}\n", *failed);
    }
    try {
        if (site) site->rescan();
    } catch (const std::exception& error) {
        fmt::print(stderr, "palabre: the site stays as it was: {}\n", error.what());
    }
    fmt::print(stderr, "palabre: reloaded.\n");
}

void let_signals_end_us() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

}  // namespace palabre::machine
