// SPDX-License-Identifier: Apache-2.0
#include "store/dynamodb/table_access.hpp"

#include "ports/comment_store.hpp"
#include "store/dynamodb/errors.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <stdexcept>

namespace palabre::store::dynamodb {
namespace {

using std::chrono::milliseconds;

constexpr unsigned first_error_status = 300;

// Between 0 and 20 ms at first, and within half a second later: writers who meet at one item are
// done with it in a few milliseconds.
constexpr milliseconds pause_first{20};
constexpr milliseconds pause_max{500};

// Who begins with less than this left would be cut off.
constexpr milliseconds attempt_min{50};

// A condition did not hold, or another transaction was there: the verb decides what that means.
bool is_about_conditions(std::string_view code) {
    return code == "ConditionalCheckFailedException" || code == "TransactionCanceledException" ||
           code == "TransactionConflictException";
}

}  // namespace

// NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): first_ is raw memory.
answer::answer(std::string_view body, std::string error) : error_(std::move(error)) {
    boost::system::error_code failed;
    body_ = boost::json::parse(body, failed, &memory_);
    root_ = failed ? nullptr : body_.if_object();
    if (root_ == nullptr) {
        throw store_error(
            "what answers in DynamoDB's place does not speak its JSON: check the endpoint"
        );
    }
}

const boost::json::object* answer::object(std::string_view name) const {
    const auto* const member = root_->if_contains(name);
    return member != nullptr ? member->if_object() : nullptr;
}

const boost::json::array* answer::array(std::string_view name) const {
    const auto* const member = root_->if_contains(name);
    return member != nullptr ? member->if_array() : nullptr;
}

aws::response table_access::send(std::string_view operation, const std::string& body) const {
    aws::request asked;
    asked.headers = {
        {"Content-Type", "application/x-amz-json-1.0"},
        {"X-Amz-Target", "DynamoDB_20120810." + std::string(operation)},
        {"Accept-Encoding", "identity"},  // the checksum is that of the bytes as they are sent
    };
    asked.body = body;
    try {
        return service_.call(asked, deadline_);
    } catch (const std::runtime_error& error) {
        throw store_error("DynamoDB cannot be asked: " + std::string(error.what()));
    }
}

table_access::heard table_access::hear(std::string_view operation, const std::string& body) const {
    aws::response got = send(operation, body);
    heard made;
    if (got.status >= first_error_status) {
        made.error = aws::json_error_code(got);
        if (made.error.empty()) made.error = "status " + std::to_string(got.status);
    }
    made.body = std::move(got.body);
    return made;
}

void table_access::refuse(const heard& what) const {
    constexpr std::size_t message_max = 500;
    throw store_error(
        sentence_about(what.error, std::string_view(what.body).substr(0, message_max), table_)
    );
}

answer table_access::ask(std::string_view operation, const std::string& body) const {
    heard got = hear(operation, body);
    if (!got.error.empty()) refuse(got);
    return answer(got.body, "");
}

std::unique_ptr<answer> table_access::attempt(std::string_view operation, const std::string& body)
    const {
    heard got = hear(operation, body);
    if (!got.error.empty() && !is_about_conditions(got.error)) refuse(got);
    return std::make_unique<answer>(got.body, std::move(got.error));
}

bool table_access::pause(unsigned tries) const {
    constexpr unsigned doublings_max = 10;
    const auto longest =
        std::min(pause_first * (1U << std::min(tries - 1, doublings_max)), pause_max);
    const auto& world = service_.around();
    const milliseconds drawn{
        static_cast<milliseconds::rep>(world.chance() * static_cast<double>(longest.count()))
    };
    if (clock::now() + drawn + attempt_min > deadline_) return false;
    world.wait_for(drawn);
    return true;
}

}  // namespace palabre::store::dynamodb
