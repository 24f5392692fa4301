// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/draft.hpp"
#include "core/result.hpp"
#include "http/request.hpp"

#include <optional>
#include <string>

namespace palabre::http {

// JSON deeper than this is no comment; Boost.JSON's own default guards its stack the same way.
inline constexpr std::size_t json_depth_max = 16;

// The body of POST /commentaires. Refuses with not_json or malformed_json; the rules of a draft are
// for core. Unknown members are ignored, null counts as absent.
[[nodiscard]] result<raw_draft> read_draft(const request& asked);

// The member `text` of POST /commentaires/preview. Refuses as read_draft does, and with
// invalid_fields when it is no string.
[[nodiscard]] result<std::optional<std::string>> read_preview(const request& asked);

}  // namespace palabre::http
