// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api_key.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace palabre {

// Where API keys are kept. Same promises about threads, durability and store_error as
// comment_store.
class key_store {
public:
    virtual ~key_store() = default;

    // A key whose id is new.
    virtual void add_key(const api_key& key) = 0;

    // Revoked ones too.
    virtual std::optional<api_key> find_key(std::string_view id) = 0;

    // All, oldest first.
    virtual std::vector<api_key> list_keys() = 0;

    // False when there is no such key. Revoking twice keeps the first time.
    virtual bool revoke_key(std::string_view id, timestamp at) = 0;

    // Counts one post on a day (days since 1970-01-01, UTC), unless `limit` were made already.
    [[nodiscard]] virtual bool take_daily_post(
        std::string_view id, std::int64_t day, std::uint32_t limit
    ) = 0;
};

}  // namespace palabre
