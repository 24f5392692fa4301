// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "aws/client.hpp"
#include "aws/variables.hpp"

#include <string_view>

namespace palabre::store {

// What aws::client has to know of DynamoDB: where it answers (AWS_ENDPOINT_URL_DYNAMODB,
// AWS_ENDPOINT_URL, or that of AWS_REGION), how requests are signed, how often they are made again.
// Throws std::runtime_error when the environment does not say.
[[nodiscard]] aws::service dynamodb_service(const aws::variables& environment);

// Makes the table with its indexes and its time to live, paid by request, and waits until it
// serves. For tests, trials and servers of one's own: infra/ makes that of AWS. Throws store_error,
// also when there is such a table already.
void create_dynamodb_table(
    aws::client& service, std::string_view table, aws::client::clock::time_point deadline
);

}  // namespace palabre::store
