// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "aws/endpoint.hpp"

#include <sys/types.h>

#include <atomic>
#include <cstdint>
#include <string>

namespace palabre::test {

// Amazon's DynamoDB Local as a process of its own: everything in memory, on the loopback address
// and a port of the kernel's choice. It ends with the object, or with this process, however that
// ends. The Java programs come by tools/dynamodb-local/fetch.
class dynamodb_local {
public:
    // Waits until it serves. Throws std::runtime_error that says what to do when it cannot.
    dynamodb_local();
    ~dynamodb_local();
    dynamodb_local(const dynamodb_local&) = delete;
    dynamodb_local& operator=(const dynamodb_local&) = delete;

    // The one of this test program, started at its first use: it takes a second or two.
    static dynamodb_local& shared();

    [[nodiscard]] aws::endpoint where() const { return {false, "127.0.0.1", port_, ""}; }

    // Of a table that is not there yet.
    [[nodiscard]] std::string fresh_table_name();

private:
    pid_t process_ = -1;
    int its_input_ = -1;
    std::uint16_t port_ = 0;
    std::atomic<unsigned> tables_{0};
};

}  // namespace palabre::test
