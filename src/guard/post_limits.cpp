// SPDX-License-Identifier: Apache-2.0
#include "guard/post_limits.hpp"

#include "guard/client_prefix.hpp"

#include <cassert>

namespace palabre::guard {
namespace {

struct claim {
    post_scope scope;
    bucket_table::held bucket;
    const quota* by;
};

post_verdict verdict_of(const claim& of, time_point now) {
    const token_bucket& bucket = of.bucket.bucket();
    const nanoseconds wait = bucket.wait_for(1, *of.by, now);
    return {
        .allowed = wait.count() == 0,
        .by = of.scope,
        .policy = *of.by,
        .remaining = bucket.remaining(*of.by, now),
        .wait = wait,
        .full_in = bucket.full_in(now),
    };
}

}  // namespace

std::string_view name_of(post_scope scope) noexcept {
    switch (scope) {
        case post_scope::client:
            return "client";
        case post_scope::key:
            return "key";
        case post_scope::section:
            return "section";
    }
    assert(!"every post_scope has a name");
    return "";
}

post_limits::post_limits(const post_quotas& quotas, std::size_t buckets_per_scope)
    : quotas_(quotas),
      tables_{
          bucket_table(buckets_per_scope),
          bucket_table(buckets_per_scope),
          bucket_table(buckets_per_scope)
      } {}

post_verdict post_limits::take(const post_attempt& attempt, time_point now) {
    // All buckets are held before one is touched, always in the order of the scopes, so that two
    // posts cannot wait for each other.
    std::array<std::optional<claim>, post_scope_count> claims;
    const auto hold = [&](post_scope scope, std::string_view key, const quota& by) {
        const auto at = static_cast<std::size_t>(scope);
        if (by.limits()) claims[at].emplace(scope, tables_[at].hold(key, now), &by);
    };
    if (attempt.client) {
        const ip_address prefix = client_prefix(*attempt.client);
        hold(post_scope::client, bytes_of(prefix), quotas_.client);
    }
    if (attempt.key_id) {
        const quota& own = attempt.key_quota ? *attempt.key_quota : quotas_.key;
        hold(post_scope::key, *attempt.key_id, own);
    }
    if (attempt.section) hold(post_scope::section, *attempt.section, quotas_.section);

    // The longest wait is the one to tell: to come back earlier would be in vain.
    post_verdict refusal;
    for (const auto& each : claims) {
        if (!each) continue;
        const post_verdict found = verdict_of(*each, now);
        if (!found.allowed && found.wait > refusal.wait) refusal = found;
    }
    if (!refusal.allowed) {
        ++refused_[static_cast<std::size_t>(refusal.by)];
        return refusal;
    }
    post_verdict least;
    for (auto& each : claims) {
        if (!each) continue;
        [[maybe_unused]] const bool taken = each->bucket.take(1, *each->by, now);
        assert(taken);
        post_verdict found = verdict_of(*each, now);
        // What was asked for is done, whatever is left for the next.
        found.allowed = true;
        found.wait = nanoseconds(0);
        if (!least.policy.limits() || found.remaining < least.remaining) least = found;
    }
    return least;
}

}  // namespace palabre::guard
