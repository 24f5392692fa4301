// SPDX-License-Identifier: Apache-2.0
#include "home/function/cloud.hpp"

#include "system/random_bytes.hpp"

#include <csignal>
#include <thread>
#include <utility>

namespace palabre::function {
namespace {

// From [0, 1), in steps of 1/256: enough to keep those who try again from doing it all at once.
double chance() {
    return static_cast<unsigned char>(random_bytes(1).front()) / 256.0;
}

void wait_for(std::chrono::milliseconds pause) {
    std::this_thread::sleep_for(pause);
}

}  // namespace

cloud::cloud(aws::variables environment)
    : environment_(std::move(environment)),
      roots_(environment_),
      who_(environment_, [this] { return wall_.now(); }, roots_) {
    std::signal(SIGPIPE, SIG_IGN);
}

aws::client cloud::make_client(aws::service of) {
    return {std::move(of), who_, roots_, {[this] { return wall_.now(); }, chance, wait_for}};
}

}  // namespace palabre::function
