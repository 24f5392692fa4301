// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace palabre::markup {

// Whether the tables of a Markdown text could have many more cells than the text has characters.
// cmark-gfm fills short rows up to the width of the header, so ten thousand characters can ask for
// four million cells (CVE-2023-37463). Linear; may say yes to a text without any table.
[[nodiscard]] bool tables_may_explode(std::string_view text) noexcept;

}  // namespace palabre::markup
