// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "aws/client.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace palabre::function {

// How an export of a table is.
struct table_export {
    enum class status { under_way, completed, failed };
    status how = status::under_way;
    std::string reason;                  // of a failure, in DynamoDB's words
    std::optional<std::uint64_t> items;  // when it is completed
};

// What we ask DynamoDB about exports to S3. Every member throws std::runtime_error with a clause
// when it does not do as it is asked.
class table_exports {
public:
    using clock = aws::client::clock;
    using deadlines = std::function<clock::time_point()>;

    // `service` outlives this.
    table_exports(aws::client& service, std::string table, deadlines until);

    // Asks for an export of the table as it is now, to s3://bucket/prefix, and gives its ARN. What
    // was asked with the same token within eight hours is the same export.
    [[nodiscard]] std::string begin(
        const std::string& bucket, const std::string& prefix, const std::string& token
    );

    [[nodiscard]] table_export look_at(const std::string& arn);

private:
    [[nodiscard]] aws::response ask(std::string_view operation, std::string body);
    [[noreturn]] void fail(std::string_view operation, const aws::response& answer) const;
    [[nodiscard]] std::string arn_of_table();

    aws::client& service_;
    const std::string table_;
    const deadlines until_;
};

}  // namespace palabre::function
