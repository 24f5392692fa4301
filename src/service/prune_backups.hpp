// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/timestamp.hpp"
#include "ports/blob_store.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace palabre {

// How many backups stay: the newest of each of the latest so many days, weeks and months that have
// any, in UTC, weeks from Monday. All 0: every backup stays.
struct retention {
    std::uint32_t daily = 0;
    std::uint32_t weekly = 0;
    std::uint32_t monthly = 0;
};

// Which of the times, newest first, are not kept. Never the first.
[[nodiscard]] std::vector<timestamp> choose_expired(
    std::span<const timestamp> newest_first, const retention& keep
);

// The names of the backups that choose_expired picks. Damaged ones do not count, and stay: somebody
// should look at them. So do exports by DynamoDB. Throws blob_error.
[[nodiscard]] std::vector<std::string> find_expired_backups(blob_store& in, const retention& keep);

// Removes those, and says which. The newest good backup is read to its last byte first: before it
// is known to be right, no older one goes. Throws archive::archive_error when it is not, and
// blob_error.
[[nodiscard]] std::vector<std::string> prune_backups(blob_store& in, const retention& keep);

}  // namespace palabre
