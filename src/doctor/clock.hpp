// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/finding.hpp"
#include "core/timestamp.hpp"

#include <vector>

namespace palabre::doctor {

// No clock that is right shows a time before the program was written, nor one so far ahead that
// nobody runs it any more.
inline constexpr timestamp clock_earliest{1'767'225'600'000};  // 2026-01-01
inline constexpr timestamp clock_latest{4'102'444'800'000};    // 2100-01-01

enum class kept_in_step { yes, no, unknown };

// Whether the kernel is told the time by others (NTP).
[[nodiscard]] kept_in_step ask_kernel();

// Comments are ordered by this clock, and certificates hold by it.
[[nodiscard]] std::vector<finding> look_at_clock(timestamp now, kept_in_step kept);

}  // namespace palabre::doctor
