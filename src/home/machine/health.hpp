// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/settings.hpp"
#include "ports/home_store.hpp"
#include "service/check_health.hpp"

namespace palabre::machine {

// Whether comments can be written down: the database took the last write, and there is room for
// more. `store` outlives the check.
[[nodiscard]] health_check disk_check(const config::settings& chosen, home_store& store);

}  // namespace palabre::machine
