// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "aws/request.hpp"

#include <string>
#include <string_view>

namespace palabre::blob {

// What was asked of whom. Views: for one call.
struct refused_call {
    std::string_view bucket;
    std::string_view region;  // where we looked for it
    std::string_view right;   // that the call wants, as IAM names it
};

// Why S3 did not do it, in a sentence that says what to do where we know that.
[[nodiscard]] std::string why_refused(const aws::response& answer, const refused_call& asked);

}  // namespace palabre::blob
