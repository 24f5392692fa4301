// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace palabre::util {

using siphash_key = std::array<std::uint64_t, 2>;

// SipHash-2-4 (Aumasson and Bernstein, 2012): who does not know the key cannot choose inputs that
// fall together, nor tell the input from the result.
[[nodiscard]] std::uint64_t siphash(const siphash_key& key, std::string_view bytes) noexcept;

// From the system's random numbers. Throws std::runtime_error when it has none.
[[nodiscard]] siphash_key random_siphash_key();

}  // namespace palabre::util
