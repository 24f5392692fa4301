// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "aws/client.hpp"
#include "util/json_text.hpp"

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace palabre::store::dynamodb {

// What DynamoDB answered, parsed in one piece of memory. Items that are read from it live as long.
class answer {
public:
    // `error` is the short name of what went wrong; "" when nothing did. Throws store_error when
    // the body is not a JSON object.
    answer(std::string_view body, std::string error);
    answer(const answer&) = delete;
    answer& operator=(const answer&) = delete;

    [[nodiscard]] bool is_fine() const noexcept { return error_.empty(); }
    [[nodiscard]] const std::string& error() const noexcept { return error_; }

    [[nodiscard]] const boost::json::object& root() const { return *root_; }
    // Null when there is no such member.
    [[nodiscard]] const boost::json::object* object(std::string_view name) const;
    [[nodiscard]] const boost::json::array* array(std::string_view name) const;

private:
    // A page of twenty comments, as it usually comes, fits without asking for memory.
    static constexpr std::size_t first_bytes = std::size_t{24} * 1024;

    std::array<unsigned char, first_bytes> first_;
    boost::json::monotonic_resource memory_{first_.data(), first_.size()};
    boost::json::value body_;
    const boost::json::object* root_ = nullptr;
    std::string error_;
};

// One verb's way to the table: what is asked of DynamoDB within its time. Cheap to make; used by
// one thread.
class table_access {
public:
    using clock = aws::client::clock;

    // Both live as long as the access.
    table_access(aws::client& service, const std::string& table, clock::time_point deadline)
        : service_(service), table_(table), deadline_(deadline) {}

    [[nodiscard]] const std::string& table() const noexcept { return table_; }

    // The answer when all went well; throws store_error with a sentence otherwise.
    [[nodiscard]] answer ask(std::string_view operation, const std::string& body) const;

    // The same, but gives back the answers that tell of conditions which did not hold.
    [[nodiscard]] std::unique_ptr<answer> attempt(
        std::string_view operation, const std::string& body
    ) const;

    // Waits a while before a try that follows after `tries` in vain: longer each time, and by
    // chance, so that those who met do not meet again. False when too little time is left.
    [[nodiscard]] bool pause(unsigned tries) const;

private:
    struct heard {
        std::string error;  // "" when all went well
        std::string body;
    };
    [[nodiscard]] aws::response send(std::string_view operation, const std::string& body) const;
    [[nodiscard]] heard hear(std::string_view operation, const std::string& body) const;
    [[noreturn]] void refuse(const heard& what) const;

    aws::client& service_;
    const std::string& table_;
    const clock::time_point deadline_;
};

}  // namespace palabre::store::dynamodb
