// SPDX-License-Identifier: Apache-2.0
#include "http/post_rate.hpp"

#include "core/section_id.hpp"
#include "http/problem.hpp"
#include "http/rate_limit.hpp"

#include <chrono>

namespace palabre::http {
namespace {

// Of RateLimit-Policy.
std::string_view policy_name(guard::post_scope scope) {
    switch (scope) {
        case guard::post_scope::client:
            return "posts-by-client";
        case guard::post_scope::key:
            return "posts-by-key";
        case guard::post_scope::section:
            break;
    }
    return "posts-by-section";
}

std::string_view explanation(guard::post_scope scope) {
    switch (scope) {
        case guard::post_scope::client:
            return "You are posting too quickly. Wait a little, then send it again.";
        case guard::post_scope::key:
            return "This key is posting too quickly. Wait a little, then send it again.";
        case guard::post_scope::section:
            break;
    }
    return "Very many comments are coming in here. Wait a little, then send it again.";
}

guard::quota quota_of(const api_key& key) {
    return {key.posts_per_minute, std::chrono::minutes(1), key.posts_per_minute};
}

}  // namespace

guard::post_verdict take_post(
    guard::post_limits& limits, const request& asked, const caller& from, const raw_draft& draft
) {
    if (from.may(role::moderator)) return {};
    guard::post_attempt attempt;
    attempt.client = asked.client;
    if (from.key && from.key->posts_per_minute > 0) {
        attempt.key_id = from.key->id;
        attempt.key_quota = quota_of(*from.key);
    }
    // A draft that names no section will be refused for that; it costs its sender a post.
    const auto section = make_section_id(draft.section_id.value_or(""));
    if (section) attempt.section = *section;
    return limits.take(attempt, asked.received_at);
}

response post_refusal(const guard::post_verdict& verdict) {
    auto answer =
        problem_response({errc::too_many_requests, std::string(explanation(verdict.by)), {}});
    describe_refusal(answer, policy_name(verdict.by), verdict.policy, verdict.wait);
    return answer;
}

void describe_post_rate(response& answer, const guard::post_verdict& verdict) {
    if (!verdict.policy.limits()) return;
    describe_rate_limit(
        answer, {policy_name(verdict.by), verdict.policy, verdict.remaining, verdict.full_in}
    );
}

}  // namespace palabre::http
