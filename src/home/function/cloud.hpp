// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "aws/client.hpp"
#include "aws/credential_source.hpp"
#include "aws/trust.hpp"
#include "aws/variables.hpp"
#include "system/system_clock.hpp"

namespace palabre::function {

// What all calls of a function to AWS have in common: who it is, and whom it believes. Outlives the
// clients that it makes.
class cloud {
public:
    // Ignores SIGPIPE, as the clients demand. Throws std::runtime_error when AWS_CA_BUNDLE cannot
    // be read.
    explicit cloud(aws::variables environment);
    cloud(const cloud&) = delete;
    cloud& operator=(const cloud&) = delete;

    [[nodiscard]] aws::client make_client(aws::service of);

    [[nodiscard]] const aws::variables& environment() const noexcept { return environment_; }
    [[nodiscard]] const clock& wall() const noexcept { return wall_; }

private:
    const aws::variables environment_;
    const system_clock wall_;
    aws::trust roots_;
    aws::credential_source who_;
};

}  // namespace palabre::function
