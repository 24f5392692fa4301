// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "guard/token_bucket.hpp"
#include "util/siphash.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string_view>
#include <vector>

namespace palabre::guard {

// 16 bytes each: one MiB. More clients than that within the time in which a bucket fills (ten
// seconds by default) are not the readers of one site.
inline constexpr std::size_t buckets_default = 65'536;

// Buckets by key, in memory that is taken once and never grows. Keys are kept as 64 bits of a hash
// with a key of its own, drawn when the table is made: what a client was called cannot be read from
// it, and nobody can choose names that fall together.
//
// A full bucket says nothing and is forgotten first. Where there is none, the bucket that is
// nearest to being full has to go: under an attack of more addresses than there is room for,
// newcomers are served, those who took little lose little, and those who took most stay known.
//
// Thread-safe: 64 parts with a mutex each, held for a few dozen instructions.
class bucket_table {
public:
    // Rounded up to a power of two, 512 at least.
    explicit bucket_table(
        std::size_t buckets = buckets_default,
        const util::siphash_key& secret = util::random_siphash_key()
    );

private:
    static constexpr std::size_t part_count = 64;
    static constexpr std::size_t set_size = 8;  // places where one key may stand: two cache lines

    struct slot {
        std::uint64_t name = 0;
        token_bucket bucket;
    };
    using slot_set = std::array<slot, set_size>;
    struct alignas(64) part {
        std::mutex mutex;
        std::vector<slot_set> sets;
    };

public:
    // One bucket, with its part of the table locked: only for a moment, and never two of one table
    // by one thread.
    class held {
    public:
        [[nodiscard]] const token_bucket& bucket() const noexcept { return bucket_; }
        // As token_bucket::take. A bucket is given a place in the table only here.
        [[nodiscard]] bool take(std::uint32_t tokens, const quota& by, time_point now) noexcept;

        // As token_bucket::owe.
        void owe(const quota& by, time_point now) noexcept;

    private:
        friend class bucket_table;
        held(part& in, std::uint64_t name, std::size_t set, time_point now);

        std::unique_lock<std::mutex> lock_;
        slot* place_;
        std::uint64_t name_;
        token_bucket bucket_;
    };

    [[nodiscard]] held hold(std::string_view key, time_point now);

    // Buckets that are not full.
    [[nodiscard]] std::size_t in_use(time_point now) const;
    [[nodiscard]] std::size_t capacity() const noexcept;

private:
    util::siphash_key secret_;
    mutable std::array<part, part_count> parts_;
    std::size_t sets_per_part_;
};

}  // namespace palabre::guard
