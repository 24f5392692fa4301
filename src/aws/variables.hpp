// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace palabre::aws {

// The value of an environment variable; none when it is not set or empty.
using variables = std::function<std::optional<std::string>(std::string_view name)>;

}  // namespace palabre::aws
