// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/draft.hpp"
#include "core/result.hpp"
#include "http/request.hpp"
#include "service/judge_comment.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string>

namespace palabre::http {

// JSON deeper than this is no comment; Boost.JSON's own default guards its stack the same way.
inline constexpr std::size_t json_depth_max = 16;

// The body of a request that must be a JSON object. Refuses with not_json or malformed_json.
[[nodiscard]] result<boost::json::object> parse_object(const request& asked);

struct draft_body {
    raw_draft draft;
    form_signals signals;
};

// The body of POST /commentaires. Refuses as parse_object does; the rules of a draft are for core.
// Unknown members are ignored, null counts as absent.
[[nodiscard]] result<draft_body> read_draft(const request& asked);

// The member `text` of a preview or an edit. Refuses as parse_object does, and with invalid_fields
// when it is no string.
[[nodiscard]] result<std::optional<std::string>> read_text(const request& asked);

}  // namespace palabre::http
