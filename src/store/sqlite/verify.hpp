// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/finding.hpp"
#include "core/timestamp.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <vector>

namespace palabre::store {

// Of each kind of damage so many places are named; the rest is counted.
inline constexpr std::size_t damage_named_max = 10;

// A write-ahead log beyond this is worth a remark: checkpoints do not keep up with it, since the
// log is cut back to 64 MB when they do (open_file.cpp).
inline constexpr std::uintmax_t log_bytes_usual = std::uintmax_t{128} * 1024 * 1024;

// Reads all of a database from end to end, beside a server that may be running, and says what is
// wrong with it. Changes nothing in it. `renderer` is the present version of the renderer; comments
// from after `now` are found odd. Never throws for what the file holds.
[[nodiscard]] std::vector<finding> verify(
    const std::filesystem::path& file, std::uint32_t renderer, timestamp now
);

}  // namespace palabre::store
