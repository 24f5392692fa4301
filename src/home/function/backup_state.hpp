// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/timestamp.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace palabre::function {

// What the function `backup` has to know from one call to the next: one small object in the bucket
// of the backups.
struct backup_state {
    struct asked_export {
        std::string arn;
        std::string backup;  // the name of the backup that it is for
        bool operator==(const asked_export&) const = default;
    };
    struct good_backup {
        std::string backup;
        timestamp made_at;
        bool operator==(const good_backup&) const = default;
    };

    timestamp begun_at;  // of the first call of all
    std::optional<asked_export> under_way;
    std::optional<good_backup> last_good;

    bool operator==(const backup_state&) const = default;
};

inline constexpr std::string_view backup_state_name = "state.json";

[[nodiscard]] std::string to_json(const backup_state& of);
// Throws std::runtime_error with a sentence that says what to do.
[[nodiscard]] backup_state parse_backup_state(std::string_view text);

}  // namespace palabre::function
