// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "aws/variables.hpp"

#include <openssl/types.h>

#include <memory>
#include <mutex>
#include <string>

namespace palabre::aws {

// Whose certificates are believed. By default the five roots that AWS services stand on, which are
// part of the program: to read the 140 of a system costs 34 ms, these cost 2. When a service shows
// a certificate of another, the system's are read after all. AWS_CA_BUNDLE names a file to be
// believed instead of both. Safe from any thread.
class trust {
public:
    // Throws std::runtime_error when the bundle of AWS_CA_BUNDLE cannot be read.
    explicit trust(const variables& environment);
    ~trust();
    trust(const trust&) = delete;
    trust& operator=(const trust&) = delete;

    // For one new connection.
    [[nodiscard]] std::shared_ptr<SSL_CTX> context();

    // After a certificate whose root was not known. True when there are more roots now than `seen`
    // had, so that another try may end better.
    [[nodiscard]] bool learn_more(const std::shared_ptr<SSL_CTX>& seen);

private:
    std::mutex mutex_;
    std::shared_ptr<SSL_CTX> context_;  // under mutex_; none before it is needed
    bool has_all_ = false;              // under mutex_
};

}  // namespace palabre::aws
