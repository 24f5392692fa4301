// SPDX-License-Identifier: Apache-2.0
#include "guard/bucket_table.hpp"

#include <algorithm>
#include <bit>

namespace palabre::guard {

bucket_table::bucket_table(std::size_t buckets, const util::siphash_key& secret)
    : secret_(secret),
      sets_per_part_(
          std::bit_ceil(std::max(buckets, part_count * set_size)) / (part_count * set_size)
      ) {
    for (part& each : parts_)
        each.sets.resize(sets_per_part_);
}

bucket_table::held bucket_table::hold(std::string_view key, time_point now) {
    const std::uint64_t name = util::siphash(secret_, key);
    return {parts_[name % part_count], name, (name / part_count) % sets_per_part_, now};
}

bucket_table::held::held(part& in, std::uint64_t name, std::size_t set, time_point now)
    : lock_(in.mutex), name_(name) {
    slot_set& among = in.sets[set];
    place_ = std::ranges::find(among, name, &slot::name);
    if (place_ != among.end()) {
        bucket_ = place_->bucket;
        return;
    }
    place_ = std::ranges::min_element(among, {}, [&](const slot& each) {
        return each.bucket.full(now) ? time_point::min() : each.bucket.full_at();
    });
}

bool bucket_table::held::take(std::uint32_t tokens, const quota& by, time_point now) noexcept {
    if (!bucket_.take(tokens, by, now)) return false;
    *place_ = {name_, bucket_};
    return true;
}

void bucket_table::held::owe(const quota& by, time_point now) noexcept {
    bucket_.owe(by, now);
    *place_ = {name_, bucket_};
}

std::size_t bucket_table::in_use(time_point now) const {
    std::size_t count = 0;
    for (part& each : parts_) {
        const std::scoped_lock lock(each.mutex);
        for (const slot_set& set : each.sets) {
            count += static_cast<std::size_t>(std::ranges::count_if(set, [&](const slot& s) {
                return !s.bucket.full(now);
            }));
        }
    }
    return count;
}

std::size_t bucket_table::capacity() const noexcept {
    return part_count * sets_per_part_ * set_size;
}

}  // namespace palabre::guard
