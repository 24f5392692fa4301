// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/failure.hpp"

#include <expected>
#include <string>
#include <string_view>

namespace palabre {

// A section id names the place under which comments stand: a word chosen by the page's author
// ("projets") or a page's path ("/blog/x"), which is folded as core/page_path.hpp says. Valid UTF-8
// without control characters or white space, 1 to section_id_bytes_max bytes.
[[nodiscard]] std::expected<std::string, field_error> make_section_id(std::string_view text);

}  // namespace palabre
