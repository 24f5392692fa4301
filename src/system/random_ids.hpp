// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ports/id_source.hpp"

#include <cstdint>
#include <mutex>

namespace palabre {

// UUIDs of version 7 from OpenSSL's generator, by RFC 9562 §6.2 method 1: within a millisecond the
// 12 bits after the version count up from a random start, the other 62 are random.
// next() throws std::runtime_error when the machine has no entropy to give.
class random_ids final : public id_source {
public:
    comment_id next(timestamp at) override;

private:
    std::mutex mutex_;
    timestamp last_{-1};
    std::uint16_t counter_ = 0;
};

}  // namespace palabre
