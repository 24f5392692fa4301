// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/timestamp.hpp"

#include <optional>
#include <string>

namespace palabre::aws {

// Who we are to AWS. Never written to a log.
struct credentials {
    std::string access_key_id;
    std::string secret_access_key;
    std::string session_token;            // empty for keys that do not end
    std::optional<timestamp> expires_at;  // none: they hold as long as the process
    bool operator==(const credentials&) const = default;
};

}  // namespace palabre::aws
