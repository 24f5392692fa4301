// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace palabre::imports {

// Replaces the character references that engines write into short fields: &amp; &lt; &gt; &quot;
// &apos; &nbsp; &laquo; &raquo; and numbered ones of valid characters. Anything else stays as it
// is. `text` is valid UTF-8, and so is the result.
[[nodiscard]] std::string decode_references(std::string_view text);

}  // namespace palabre::imports
