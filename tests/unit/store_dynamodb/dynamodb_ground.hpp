// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "aws/client.hpp"
#include "aws/credential_source.hpp"
#include "aws/trust.hpp"
#include "core/timestamp.hpp"
#include "store/dynamodb/dynamodb_store.hpp"

#include <atomic>
#include <chrono>
#include <functional>
#include <optional>
#include <string>

namespace palabre::test {

// Numbers that look random and are the same in every run. Safe from any thread.
class foretold_chance {
public:
    explicit foretold_chance(std::uint64_t seed = 1) : count_(seed) {}
    // From [0, 1).
    [[nodiscard]] double next() noexcept;

private:
    std::atomic<std::uint64_t> count_;
};

// A fresh table of DynamoDB Local, and a client for it that waits for nobody.
class dynamodb_ground {
public:
    // How the client reaches it: directly, or through something in between.
    explicit dynamodb_ground(
        std::optional<aws::endpoint> through = std::nullopt,
        aws::retry_rules rules = aws::dynamodb_rules
    );
    ~dynamodb_ground();
    dynamodb_ground(const dynamodb_ground&) = delete;
    dynamodb_ground& operator=(const dynamodb_ground&) = delete;

    [[nodiscard]] aws::client& client() noexcept { return client_; }
    [[nodiscard]] const std::string& table() const noexcept { return table_; }
    [[nodiscard]] store::dynamodb_options options(store_observer* observer = nullptr) const;

    // What DynamoDB answers to a request of ours; "TABLE" in it stands for the table's name.
    std::string ask(const std::string& operation, std::string body);

    // The requests that went through the client since the last call.
    [[nodiscard]] int waits() const noexcept { return waits_; }

private:
    [[nodiscard]] aws::client client_to(const aws::endpoint& where, aws::retry_rules rules);

    const aws::variables environment_;
    aws::trust roots_;
    foretold_chance chance_;
    aws::credential_source who_;
    std::atomic<int> waits_{0};
    aws::client direct_;
    aws::client client_;
    const std::string table_;
};

// A minute from now.
[[nodiscard]] aws::client::clock::time_point soon();

}  // namespace palabre::test
