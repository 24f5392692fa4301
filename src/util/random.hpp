// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

namespace palabre::util {

// With bytes that nobody can guess, from the kernel: OpenSSL's own generator takes a millisecond to
// set up. Waits, just after the machine has started, until there is entropy. Throws
// std::system_error when the kernel gives none.
void fill_with_random(std::span<std::uint8_t> bytes);

}  // namespace palabre::util
