// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace palabre::util {

// RFC 4648 §5, without padding.
[[nodiscard]] std::string to_base64url(std::string_view bytes);

// Empty for characters outside the alphabet, padding, impossible lengths, or non-zero spare bits.
[[nodiscard]] std::optional<std::string> from_base64url(std::string_view text);

// RFC 4648 §4, with padding; reading does without, too. Empty as above.
[[nodiscard]] std::string to_base64(std::string_view bytes);
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);

}  // namespace palabre::util
