// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace palabre::site {

// The path that a request asks for, percent-decoded once. Empty when it cannot name a file of a
// site: a broken escape, invalid UTF-8, a control character, a backslash, an encoded slash, or a
// dot segment, however written. Clients resolve dot segments before they ask, so one that arrives
// was put there to climb.
[[nodiscard]] std::optional<std::string> decode_target(std::string_view path);

// The other way: a decoded path as it may stand in a Location header.
[[nodiscard]] std::string encode_target(std::string_view path);

}  // namespace palabre::site
