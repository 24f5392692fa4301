// SPDX-License-Identifier: Apache-2.0
#include "service/edit_token.hpp"

#include "util/base64url.hpp"
#include "util/mac.hpp"

namespace palabre {

std::string edit_token_for(const comment_id& id, std::string_view secret) {
    // The first word keeps this use of the secret apart from any other that may come.
    const auto mac = util::hmac_sha256(secret, "edit " + to_string(id));
    return util::to_base64url({reinterpret_cast<const char*>(mac.data()), mac.size()});
}

bool is_edit_token(std::string_view token, const comment_id& id, std::string_view secret) {
    return util::equal_in_constant_time(token, edit_token_for(id, secret));
}

}  // namespace palabre
