// SPDX-License-Identifier: Apache-2.0
#include "home/machine/s3_home.hpp"

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

}  // namespace

aws::variables process_variables() {
    return [](std::string_view name) -> std::optional<std::string> {
        const char* value = std::getenv(std::string(name).c_str());
        if (value == nullptr || *value == '\0') return std::nullopt;
        return value;
    };
}

aws::client::world usual_world() {
    return {
        [] { return system_clock().now(); },
        chance,
        [](std::chrono::milliseconds pause) { std::this_thread::sleep_for(pause); }
    };
}

s3_home::s3_home(const blob::s3_place& place, aws::variables environment)
    : environment_(std::move(environment)),
      roots_(environment_),
      who_(
          environment_, [this] { return wall_.now(); }, roots_
      ),
      client_(blob::s3_service(place.bucket, environment_), who_, roots_, usual_world()),
      bucket_(place.bucket, aws::region_of(environment_), client_, blob::bucket::usual_deadlines()),
      store_(bucket_, place.prefix) {
    std::signal(SIGPIPE, SIG_IGN);
}

}  // namespace palabre::machine
