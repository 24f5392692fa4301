// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace palabre::util {

// %XX for every byte but the unreserved ones of RFC 3986 §2.3 and those of `left_alone`.
[[nodiscard]] std::string percent_encode(std::string_view text, std::string_view left_alone = {});

// %XX decoded, everything else as it is; a percent sign without two digits stays (as the WHATWG URL
// standard has it). The result may hold any bytes.
[[nodiscard]] std::string percent_decode(std::string_view text);

}  // namespace palabre::util
