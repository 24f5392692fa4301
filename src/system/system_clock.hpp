// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ports/clock.hpp"

namespace palabre {

// The clock of this machine.
class system_clock final : public clock {
public:
    [[nodiscard]] timestamp now() const noexcept override;
};

}  // namespace palabre
