// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/timestamp.hpp"

namespace palabre {

// The wall clock. For elapsed time use std::chrono::steady_clock where it is measured.
class clock {
public:
    virtual ~clock() = default;
    // Safe from any thread.
    [[nodiscard]] virtual timestamp now() const noexcept = 0;
};

}  // namespace palabre
