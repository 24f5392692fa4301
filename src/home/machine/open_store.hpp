// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/settings.hpp"
#include "ports/clock.hpp"
#include "ports/home_store.hpp"

#include <memory>

namespace palabre::machine {

// The store that the settings chose, with all that it stands on: shared only because those parts
// live and go with it. `wall` and `observer` outlive it; `observer` may be null. Throws
// startup_error.
[[nodiscard]] std::shared_ptr<home_store> open_store(
    const config::settings& chosen, const clock& wall, store_observer* observer
);

// Whether other servers may write to the same store without our hearing of it.
[[nodiscard]] bool is_shared(const config::settings& chosen) noexcept;

}  // namespace palabre::machine
