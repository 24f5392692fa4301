// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "aws/credentials.hpp"
#include "aws/trust.hpp"
#include "aws/variables.hpp"
#include "core/timestamp.hpp"

#include <chrono>
#include <functional>
#include <mutex>
#include <optional>

namespace palabre::aws {

// The credentials to sign with, from the first place that has some: the environment, a profile in
// the credentials file, a container's endpoint. Those that end are asked for anew in time. Safe
// from any thread.
class credential_source {
public:
    using wall_clock = std::function<timestamp()>;

    // `roots` lives as long as the source.
    credential_source(variables environment, wall_clock now, trust& roots);

    // Throws std::runtime_error that says where credentials were looked for and what to do, and
    // connection_error when the container's endpoint does not answer before the deadline.
    [[nodiscard]] credentials get(std::chrono::steady_clock::time_point deadline);

private:
    [[nodiscard]] credentials look_everywhere(std::chrono::steady_clock::time_point deadline);

    const variables environment_;
    const wall_clock now_;
    trust& roots_;
    std::mutex mutex_;
    std::optional<credentials> known_;  // under mutex_
};

}  // namespace palabre::aws
