// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/draft.hpp"
#include "guard/post_limits.hpp"
#include "http/request.hpp"
#include "http/response.hpp"
#include "service/caller.hpp"

namespace palabre::http {

// Takes a post from the buckets of whoever sends this draft: by the client's address, by its key
// and by the section. A moderator is not slowed down.
[[nodiscard]] guard::post_verdict take_post(
    guard::post_limits& limits, const request& asked, const caller& from, const raw_draft& draft
);

// The 429 for a verdict that does not allow the post.
[[nodiscard]] response post_refusal(const guard::post_verdict& verdict);

// Tells the poster what is left.
void describe_post_rate(response& answer, const guard::post_verdict& verdict);

}  // namespace palabre::http
