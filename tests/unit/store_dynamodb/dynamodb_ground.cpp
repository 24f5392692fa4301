// SPDX-License-Identifier: Apache-2.0
#include "unit/store_dynamodb/dynamodb_ground.hpp"

#include "store/dynamodb/service.hpp"
#include "support/dynamodb_local.hpp"

#include <csignal>
#include <thread>

namespace palabre::test {
namespace {

// DynamoDB Local takes any key.
std::optional<std::string> variable(std::string_view name) {
    if (name == "AWS_REGION") return "eu-west-3";
    if (name == "AWS_ACCESS_KEY_ID") return "test";
    if (name == "AWS_SECRET_ACCESS_KEY") return "test";
    return std::nullopt;
}

timestamp now() {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

}  // namespace

// The finalizer of SplitMix64 over a count.
double foretold_chance::next() noexcept {
    std::uint64_t z = count_.fetch_add(1) * 0x9e3779b97f4a7c15U;
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    z ^= z >> 31U;
    return static_cast<double>(z >> 11U) / 9007199254740992.0;
}

aws::client dynamodb_ground::client_to(const aws::endpoint& where, aws::retry_rules rules) {
    // A service that closes first must not end the test.
    std::signal(SIGPIPE, SIG_IGN);
    auto service = store::dynamodb_service(environment_);
    service.where = where;
    service.rules = rules;
    aws::client::world around{
        now,
        [this] { return chance_.next(); },
        [this](std::chrono::milliseconds) {
            ++waits_;
            std::this_thread::yield();
        },
    };
    return {std::move(service), who_, roots_, std::move(around)};
}

dynamodb_ground::dynamodb_ground(std::optional<aws::endpoint> through, aws::retry_rules rules)
    : environment_(variable),
      roots_(environment_),
      who_(environment_, now, roots_),
      direct_(client_to(dynamodb_local::shared().where(), aws::dynamodb_rules)),
      client_(client_to(through.value_or(dynamodb_local::shared().where()), rules)),
      table_(dynamodb_local::shared().fresh_table_name()) {
    store::create_dynamodb_table(direct_, table_, soon());
}

dynamodb_ground::~dynamodb_ground() {
    try {
        ask("DeleteTable", R"({"TableName":"TABLE"})");
    } catch (const std::exception&) {
        return;  // it goes with the process
    }
}

store::dynamodb_options dynamodb_ground::options(store_observer* observer) const {
    return {table_, observer, soon};
}

std::string dynamodb_ground::ask(const std::string& operation, std::string body) {
    for (auto at = body.find("TABLE\""); at != std::string::npos; at = body.find("TABLE\""))
        body.replace(at, 5, table_);
    aws::request asked;
    asked.headers = {
        {"Content-Type", "application/x-amz-json-1.0"},
        {"X-Amz-Target", "DynamoDB_20120810." + operation},
    };
    asked.body = std::move(body);
    return direct_.call(asked, soon()).body;
}

aws::client::clock::time_point soon() {
    return aws::client::clock::now() + std::chrono::minutes(1);
}

}  // namespace palabre::test
