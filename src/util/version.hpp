// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace palabre {

// "0.1.0".
[[nodiscard]] std::string version();

}  // namespace palabre
