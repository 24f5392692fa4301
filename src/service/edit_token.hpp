// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/comment_id.hpp"

#include <string>
#include <string_view>

namespace palabre {

// What lets a poster's browser change its comment for a while. It is made from the comment's id by
// a secret of the service (HMAC-SHA256), so nothing is stored, and a retried post gets the same
// one. 43 characters of base64url.
[[nodiscard]] std::string edit_token_for(const comment_id& id, std::string_view secret);

// Compared in constant time.
[[nodiscard]] bool is_edit_token(
    std::string_view token, const comment_id& id, std::string_view secret
);

}  // namespace palabre
