// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

namespace palabre {

// Bytes that nobody can guess. Throws std::runtime_error when the machine has no entropy to give.
[[nodiscard]] std::string random_bytes(std::size_t count);

// A secret of this machine that outlives restarts.
inline constexpr std::size_t secret_bytes = 32;

// Reads the secret of a file; makes the file, readable by its owner alone, when there is none. Two
// programs that start at a time get the same. Throws std::runtime_error with the file's name when
// it cannot be read or made, or is not a secret of secret_bytes.
[[nodiscard]] std::string load_or_make_secret(const std::filesystem::path& file);

}  // namespace palabre
