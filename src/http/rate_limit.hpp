// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "guard/token_bucket.hpp"
#include "http/response.hpp"

#include <cstdint>
#include <string_view>

namespace palabre::http {

// What a client is told about a limit on it.
struct rate_limit_state {
    std::string_view name;  // of the policy: letters, digits and hyphens
    guard::quota policy;
    std::uint32_t remaining = 0;
    guard::nanoseconds resets_in{0};
};

// Adds RateLimit-Policy and RateLimit, as draft-ietf-httpapi-ratelimit-headers-10 has them:
//
//   ratelimit-policy: "requests";q=500;w=10
//   ratelimit: "requests";r=0;t=1
//
// q is the burst, w the seconds in which all of it comes back, r whole tokens that are left, t
// seconds, rounded up: until the burst is there again or, beside Retry-After, the same as that.
void describe_rate_limit(response& answer, const rate_limit_state& state);

// Makes a refusal of `answer`: Retry-After, at least a second, and the two above.
void describe_refusal(
    response& answer, std::string_view name, const guard::quota& policy, guard::nanoseconds wait
);

}  // namespace palabre::http
