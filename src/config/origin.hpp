// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace palabre::config {

// An origin as browsers send it (RFC 6454 §6.1): scheme, host and port, in lower case, nothing
// after.
[[nodiscard]] bool is_origin(std::string_view text);

}  // namespace palabre::config
