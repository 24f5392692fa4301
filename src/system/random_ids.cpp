// SPDX-License-Identifier: Apache-2.0
#include "system/random_ids.hpp"

#include "util/random.hpp"

namespace palabre {
namespace {

// The counter begins in the lower half, so that 2,048 ids fit into each millisecond at least.
constexpr std::uint16_t counter_start_mask = 0x7ff;
constexpr std::uint16_t counter_max = 0xfff;

}  // namespace

comment_id random_ids::next(timestamp at) {
    std::array<std::uint8_t, 10> entropy{};
    util::fill_with_random(entropy);
    const auto start = static_cast<std::uint16_t>(((entropy[0] << 8) | entropy[1]));
    const std::lock_guard lock(mutex_);
    if (at != last_ || counter_ == counter_max) {
        // A full counter starts anew: order within that millisecond is lost, uniqueness is not.
        counter_ = start & counter_start_mask;
    } else {
        ++counter_;
    }
    last_ = at;
    entropy[0] = static_cast<std::uint8_t>(counter_ >> 8U);
    entropy[1] = static_cast<std::uint8_t>(counter_ & 0xffU);
    return make_comment_id(at, entropy);
}

}  // namespace palabre
