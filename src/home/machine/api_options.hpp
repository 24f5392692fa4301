// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/settings.hpp"
#include "guard/post_limits.hpp"
#include "http/api.hpp"
#include "service/check_health.hpp"

namespace palabre::machine {

// What the API wants to know. Makes the secret of the edit tokens when there is none yet. Throws
// std::system_error. `post_limits` outlives the API.
[[nodiscard]] http::api_options api_options_of(
    const config::settings& chosen, guard::post_limits& post_limits, health_check disk
);

}  // namespace palabre::machine
