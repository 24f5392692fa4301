// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "aws/variables.hpp"

#include <string_view>

namespace palabre::function {

// The environment of this process.
[[nodiscard]] aws::variables variables_of_process();

// One line to standard error, "palabre: …", in one write: Lambda makes an entry of the log of each,
// and a process that is frozen or killed afterwards has nothing left to say. Line breaks within
// become spaces, so that nothing that was said can pass for a line of its own.
void tell(std::string_view sentence) noexcept;

// The same for each line of a text.
void tell_lines(std::string_view text) noexcept;

// `lines` to a descriptor in one write; the rest is tried again when it was taken in part.
void write_whole(int descriptor, std::string_view lines) noexcept;

}  // namespace palabre::function
