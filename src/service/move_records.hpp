// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ports/record_sink.hpp"
#include "ports/record_source.hpp"
#include "service/record_tally.hpp"

#include <cstdint>
#include <functional>

namespace palabre {

struct move_progress {
    enum class stage { moving, verifying };
    stage at = stage::moving;
    std::uint64_t comments = 0;        // so far in this stage
    std::uint64_t comments_total = 0;  // 0: not known yet
};

using move_watcher = std::function<void(const move_progress&)>;

// Gives everything that one home keeps to another, and finishes it. Throws what the two throw; then
// the sink is not finished, and if it is a resumable_sink another one for the same place goes on.
// `watch` may be empty.
[[nodiscard]] record_tally move_records(
    record_source& from, record_sink& into, const move_watcher& watch
);

// What a home keeps, read back record by record.
[[nodiscard]] record_tally tally_of(record_source& home, const move_watcher& watch);

}  // namespace palabre
