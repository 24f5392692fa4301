// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "aws/connection.hpp"
#include "aws/credential_source.hpp"
#include "aws/retry.hpp"
#include "aws/sigv4.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace palabre::aws {

// What makes one service differ from another.
struct service {
    endpoint where;
    signing_scope scope;
    retry_rules rules;
    // The short name of the error that an answer of 300 and more tells; "" when it tells none.
    std::function<std::string(const response&)> error_code;
};

// For services that speak JSON: DynamoDB, SSM.
[[nodiscard]] std::string json_error_code(const response& of);

// Whether the body is what the service sent, by x-amz-crc32; true when it sent no sum.
[[nodiscard]] bool has_right_crc(const response& of);

// Calls one service: signs, sends over a connection that is kept, and tries again what may succeed
// then, within the time that is left. A call may reach the service more than once, so it has to be
// one that may. Safe from any thread; each call has a connection to itself.
class client {
public:
    using clock = connection::clock;

    // How time passes and chance falls; tests have their own.
    struct world {
        std::function<timestamp()> now;                           // wall clock
        std::function<double()> chance;                           // from [0, 1)
        std::function<void(std::chrono::milliseconds)> wait_for;  // sleeps
    };

    // `who` and `roots` live as long as the client.
    client(service of, credential_source& who, trust& roots, world around);

    // Connects now, so that the first call need not. What goes wrong is left to that call.
    void warm_up(clock::time_point deadline) noexcept;

    // The answer, whatever its status: what could be tried again was. Throws connection_error when
    // none came, and what credential_source throws.
    [[nodiscard]] response call(const request& asked, clock::time_point deadline);

    // For those who wait for other reasons than the client does.
    [[nodiscard]] const world& around() const noexcept { return world_; }

private:
    struct attempt;

    [[nodiscard]] std::unique_ptr<connection> take_connection();
    void give_back(std::unique_ptr<connection> used);
    [[nodiscard]] std::optional<std::chrono::milliseconds> pause_after(
        retry_plan& plan, const attempt& tried
    ) const;
    [[nodiscard]] attempt try_once(connection& over, request asked, clock::time_point deadline);

    const service service_;
    credential_source& who_;
    trust& roots_;
    const world world_;
    retry_budget budget_;
    std::mutex mutex_;
    signer signer_;                                  // under mutex_
    std::vector<std::unique_ptr<connection>> idle_;  // under mutex_
};

}  // namespace palabre::aws
