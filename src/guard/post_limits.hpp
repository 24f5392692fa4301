// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ip_address.hpp"
#include "guard/bucket_table.hpp"

#include <array>
#include <atomic>
#include <cstdint>
#include <optional>
#include <string_view>

namespace palabre::guard {

// By what a post is limited. Each has a table of its own.
enum class post_scope : std::uint8_t { client, key, section };
inline constexpr std::size_t post_scope_count = 3;

// "client", "key", "section"; the names of the policies in RateLimit are these with "posts-by-"
// before them.
[[nodiscard]] std::string_view name_of(post_scope scope) noexcept;

struct post_quotas {
    quota client;
    quota key;  // for keys that bring none of their own
    quota section;
};

// Who wants to post where. What is left out is not looked at. The views are not kept.
struct post_attempt {
    std::optional<ip_address> client{};
    std::optional<std::string_view> key_id{};
    std::optional<quota> key_quota{};  // of this key, instead of post_quotas::key
    std::optional<std::string_view> section{};
};

// The scope that refused; otherwise the one that has least left. Nothing limits: quota::limits() is
// false.
struct post_verdict {
    bool allowed = true;
    post_scope by = post_scope::client;
    quota policy;
    std::uint32_t remaining = 0;
    nanoseconds wait{0};     // of a refused one: until it may be tried again
    nanoseconds full_in{0};  // until all of the burst is there again
};

// Takes a token for one post from each of its buckets, or from none: who is refused for a busy
// section has not lost a post elsewhere. Thread-safe, and quick enough for an event loop.
class post_limits {
public:
    explicit post_limits(
        const post_quotas& quotas, std::size_t buckets_per_scope = buckets_default
    );

    [[nodiscard]] post_verdict take(const post_attempt& attempt, time_point now);

    // Posts that this scope refused so far.
    [[nodiscard]] std::uint64_t refused(post_scope by) const noexcept {
        return refused_[static_cast<std::size_t>(by)];
    }

private:
    post_quotas quotas_;
    std::array<bucket_table, post_scope_count> tables_;
    std::array<std::atomic<std::uint64_t>, post_scope_count> refused_{};
};

}  // namespace palabre::guard
