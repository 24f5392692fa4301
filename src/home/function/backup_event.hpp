// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/timestamp.hpp"

#include <string_view>

// What a schedule says to the function `backup`. An event that is no JSON object says nothing.
namespace palabre::function {

// {"finish": true}: what was begun is finished, and nothing is begun.
[[nodiscard]] bool only_finishes(std::string_view event);

// When the schedule called: the same in an event that is delivered twice, so that both ask for one
// export. `now` when the event does not say, or names a time to come or more than a day ago.
[[nodiscard]] timestamp time_of(std::string_view event, timestamp now);

}  // namespace palabre::function
