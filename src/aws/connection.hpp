// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "aws/answer_reader.hpp"
#include "aws/endpoint.hpp"
#include "aws/request.hpp"
#include "aws/trust.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <string_view>

namespace palabre::aws {

class wire;

// One HTTP/1.1 connection to a service, kept open between requests: through the time that a Lambda
// function is frozen, too. Used by one thread at a time; blocks, until the deadline of each call at
// most.
class connection {
public:
    using clock = std::chrono::steady_clock;

    // Longer than any answer we ask for: DynamoDB's end at 1 MB, and S3 is read in pieces.
    static constexpr std::size_t body_bytes_max = std::size_t{32} * 1024 * 1024;

    // A service or something in between closes what is idle; who writes at that moment hears
    // nothing.
    static constexpr std::chrono::seconds idle_max{20};

    // `roots` lives as long as the connection; null where the endpoint speaks no TLS.
    connection(endpoint to, trust* roots);
    ~connection();
    connection(const connection&) = delete;
    connection& operator=(const connection&) = delete;

    // Connects now, when it is not connected: what can be done before the first request comes.
    // Throws connection_error.
    void open(clock::time_point deadline);

    // Sends `asked`, which names its host and its whole path, with its length, and gives the
    // answer. Connects when
    // it has to; a kept connection that turns out to be dead before the answer begins is replaced
    // once, without a word. Throws connection_error.
    [[nodiscard]] response exchange(const request& asked, clock::time_point deadline);

    void close() noexcept;

private:
    [[nodiscard]] bool is_usable() const;
    [[nodiscard]] response try_exchange(
        std::string_view head,
        std::string_view body,
        answer_reader::body after_head,
        clock::time_point deadline
    );
    void write_whole(std::string_view head, std::string_view body, clock::time_point deadline);

    const endpoint to_;
    trust* roots_;
    std::unique_ptr<wire> wire_;  // null: not connected
    clock::time_point used_at_{};
};

}  // namespace palabre::aws
