// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace palabre {

// Foreign text as one clean line: without what core/text.hpp finds a problem, line breaks and tabs
// as spaces, no white space at its ends. Any bytes will do; the result is valid UTF-8.
[[nodiscard]] std::string clean_line(std::string_view text);

// The text, or its beginning with an ellipsis when it has more than `characters_max`, at least 1,
// code points. The text is valid UTF-8.
[[nodiscard]] std::string shorten(std::string_view text, std::size_t characters_max);

}  // namespace palabre
