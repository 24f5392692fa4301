// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api_key.hpp"

#include <optional>
#include <string>

namespace palabre {

// Who sent a request, as far as that is known. Somebody without a key may do nothing of a role.
struct caller {
    std::optional<role> holds;
    std::string name;            // for the audit: "key:anna"; empty for nobody in particular
    std::optional<api_key> key;  // when it was by a key of ours
    bool signed_in = false;      // a gateway that we trust knows who the person is

    [[nodiscard]] bool may(role needed) const noexcept { return holds && *holds >= needed; }
};

}  // namespace palabre
