// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "guard/bucket_table.hpp"
#include "http/cors.hpp"
#include "http/handler.hpp"

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace palabre::http {

// Stands in front of the application and takes a token from the client's bucket for each request.
// Whoever has none left is answered 429 before anything else is done for the request.
//
// Clients are told apart by guard::client_prefix of request::client; time is request::received_at.
// Thread-safe, and quick enough for an event loop.
class flood_gate final : public handler {
public:
    // `rest` outlives the gate. `per_client` must be a quota that limits: without a limit there is
    // no gate to build. Pages of `allowed_origins` may read why they were refused.
    flood_gate(
        handler& rest,
        const guard::quota& per_client,
        std::vector<std::string> allowed_origins,
        std::size_t clients_max = guard::buckets_default
    );

    [[nodiscard]] std::optional<response> answer_at_once(const request& asked) override;

    // Lets everything through: it was counted when answer_at_once was asked, as it always is first.
    [[nodiscard]] response handle(const request& asked) override { return rest_.handle(asked); }

    // Counts what never reaches an application: bytes that are no request, a request that did not
    // arrive in time, a handshake that failed. False when the client had nothing left: then it need
    // not even be told.
    [[nodiscard]] bool count_unserved(const ip_address& client, guard::time_point now) noexcept;

    // False for a client that went on after that until it owes as many tokens as it can save up: a
    // connection of it is not worth accepting.
    [[nodiscard]] bool may_connect(const ip_address& client, guard::time_point now) noexcept;

    // Requests answered 429, and what the two above said no to.
    [[nodiscard]] std::uint64_t refused_requests() const noexcept { return refused_requests_; }
    [[nodiscard]] std::uint64_t refused_unserved() const noexcept { return refused_unserved_; }
    [[nodiscard]] std::uint64_t refused_connections() const noexcept {
        return refused_connections_;
    }

private:
    // Zero when a token was taken; otherwise how long until there is one.
    [[nodiscard]] guard::nanoseconds take(const ip_address& client, guard::time_point now) noexcept;
    [[nodiscard]] response refuse(const request& asked, guard::nanoseconds wait) const;

    handler& rest_;
    guard::quota per_client_;
    cors cors_;
    guard::bucket_table clients_;
    std::shared_ptr<const std::string> problem_json_;
    std::atomic<std::uint64_t> refused_requests_{0};
    std::atomic<std::uint64_t> refused_unserved_{0};
    std::atomic<std::uint64_t> refused_connections_{0};
};

}  // namespace palabre::http
