// SPDX-License-Identifier: Apache-2.0
#include "system/system_clock.hpp"

#include <algorithm>
#include <chrono>

namespace palabre {

timestamp system_clock::now() const noexcept {
    using namespace std::chrono;
    const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
    const timestamp at{duration_cast<milliseconds>(since_epoch).count()};
    // A machine that wakes up in 1969 must not make ids that cannot be written.
    return std::clamp(at, timestamp_min, timestamp_max);
}

}  // namespace palabre
