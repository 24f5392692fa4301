// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace palabre::store::dynamodb {

// A sentence for the owner about an error that DynamoDB answered with, by its short name: what is
// wrong with the table and what to do. `message` is DynamoDB's own; it may quote what was sent, and
// is for a log.
[[nodiscard]] std::string sentence_about(
    std::string_view code, std::string_view message, std::string_view table
);

}  // namespace palabre::store::dynamodb
