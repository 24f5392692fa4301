// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace palabre::site {

// Whether packed bytes are one whole stream that unpacks to exactly `original`. Never holds more
// than a few kilobytes of what it unpacks, so a bomb costs nothing: it differs early.
[[nodiscard]] bool gunzips_to(std::string_view packed, std::string_view original);
[[nodiscard]] bool unbrotlis_to(std::string_view packed, std::string_view original);

}  // namespace palabre::site
