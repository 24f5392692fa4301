// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "aws/client.hpp"
#include "aws/credential_source.hpp"
#include "aws/trust.hpp"
#include "aws/variables.hpp"
#include "system/system_clock.hpp"

namespace palabre::machine {

// The variables of this process.
[[nodiscard]] aws::variables process_variables();

// What all calls of this program to AWS have in common: who it is, and whom it believes. Region,
// endpoints and credentials are those that the AWS variables and files of this user name. Outlives
// the clients that it makes.
class aws_access {
public:
    // Ignores SIGPIPE, as the clients demand. Throws std::runtime_error when AWS_CA_BUNDLE cannot
    // be read.
    explicit aws_access(aws::variables environment);
    aws_access(const aws_access&) = delete;
    aws_access& operator=(const aws_access&) = delete;

    [[nodiscard]] aws::client make_client(aws::service of);
    [[nodiscard]] const aws::variables& environment() const noexcept { return environment_; }

private:
    const aws::variables environment_;
    const system_clock wall_;
    aws::trust roots_;
    aws::credential_source who_;
};

}  // namespace palabre::machine
