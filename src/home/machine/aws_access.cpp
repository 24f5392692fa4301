// SPDX-License-Identifier: Apache-2.0
#include "home/machine/aws_access.hpp"

#include "system/random_bytes.hpp"

#include <csignal>
#include <cstdlib>
#include <thread>
#include <utility>

namespace palabre::machine {
namespace {

// From [0, 1), in steps of 1/256: enough to keep those who try again from doing it all at once.
double chance() {
    return static_cast<unsigned char>(random_bytes(1).front()) / 256.0;
}

void wait_for(std::chrono::milliseconds pause) {
    std::this_thread::sleep_for(pause);
}

}  // namespace

aws::variables process_variables() {
    return [](std::string_view name) -> std::optional<std::string> {
        const char* value = std::getenv(std::string(name).c_str());
        if (value == nullptr || *value == '\0') return std::nullopt;
        return value;
    };
}

aws_access::aws_access(aws::variables environment)
    : environment_(std::move(environment)),
      roots_(environment_),
      who_(environment_, [this] { return wall_.now(); }, roots_) {
    std::signal(SIGPIPE, SIG_IGN);
}

aws::client aws_access::make_client(aws::service of) {
    return {std::move(of), who_, roots_, {[this] { return wall_.now(); }, chance, wait_for}};
}

}  // namespace palabre::machine
