// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "home/machine/move_ends.hpp"

#include <filesystem>

namespace palabre::machine {

// A data folder as an end of a move. Both keep every server away from it as long as they live.
[[nodiscard]] std::unique_ptr<home_to_leave> leave_folder(const std::filesystem::path& folder);

// What is not done yet lies in the folder moving/ within it, and is taken up by the next move.
[[nodiscard]] std::unique_ptr<home_to_enter> enter_folder(const std::filesystem::path& folder);

}  // namespace palabre::machine
