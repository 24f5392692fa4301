// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace palabre::config {

// The known name that was most likely meant: at most a third of its letters are wrong, missing,
// doubled or swapped. Empty when none is that near.
[[nodiscard]] std::string_view nearest(
    std::string_view written, std::span<const std::string_view> known
);

}  // namespace palabre::config
