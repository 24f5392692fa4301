// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace palabre::util {

using sha256_digest = std::array<std::uint8_t, 32>;

[[nodiscard]] sha256_digest sha256(std::string_view bytes);

// Over several fields, each preceded by its length (8 bytes, little-endian), so that ("ab","c") and
// ("a","bc") differ.
[[nodiscard]] sha256_digest sha256_of_fields(std::initializer_list<std::string_view> fields);

// Lower-case hexadecimal.
[[nodiscard]] std::string to_hex(std::string_view bytes);

}  // namespace palabre::util
