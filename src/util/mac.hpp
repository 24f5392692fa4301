// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "util/sha256.hpp"

#include <string_view>

namespace palabre::util {

// HMAC with SHA-256, RFC 2104.
[[nodiscard]] sha256_digest hmac_sha256(std::string_view key, std::string_view message);

// Whether both are the same, in a time that does not tell how much of them is. Lengths are no
// secret.
[[nodiscard]] bool equal_in_constant_time(std::string_view one, std::string_view other) noexcept;

}  // namespace palabre::util
