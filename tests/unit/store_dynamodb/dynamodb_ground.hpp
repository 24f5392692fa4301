// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "aws/client.hpp"
#include "aws/credential_source.hpp"
#include "aws/trust.hpp"
#include "core/timestamp.hpp"
#include "store/dynamodb/dynamodb_store.hpp"
#include "support/faulty_service.hpp"

#include <atomic>
#include <chrono>
#include <functional>
#include <optional>
#include <string>

namespace palabre::test {

// A fresh table of DynamoDB Local, and a client for it that waits for nobody.
class dynamodb_ground {
public:
    // How the client reaches it: directly, or through something in between.
    explicit dynamodb_ground(
        const std::optional<aws::endpoint>& through = std::nullopt,
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

    // How often somebody would have waited.
    [[nodiscard]] int waits() const noexcept { return waits_; }

private:
    [[nodiscard]] aws::client client_to(const aws::endpoint& where, aws::retry_rules rules);

    const aws::variables environment_;
    aws::trust roots_;
    foretold_chance chance_{1};
    aws::credential_source who_;
    std::atomic<int> waits_{0};
    aws::client direct_;
    aws::client client_;
    const std::string table_;
};

// A minute from now.
[[nodiscard]] aws::client::clock::time_point soon();

}  // namespace palabre::test
