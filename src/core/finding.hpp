// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace palabre {

enum class severity : std::uint8_t {
    fine,    // was looked at, and is as it should be
    remark,  // worth knowing; nothing is broken
    wrong,   // must be mended
};

// "ok", "note", "wrong".
[[nodiscard]] constexpr std::string_view name_of(severity weight) noexcept {
    switch (weight) {
        case severity::fine:
            return "ok";
        case severity::remark:
            return "note";
        case severity::wrong:
            break;
    }
    return "wrong";
}

// What a look at one thing of this machine found: for `palabre doctor`.
struct finding {
    severity weight = severity::fine;
    std::string subject;   // one word: "database", "disk"
    std::string sentence;  // what was seen
    std::string advice;    // what to do; empty when there is nothing to do
};

}  // namespace palabre
