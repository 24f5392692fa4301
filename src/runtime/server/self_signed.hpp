// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runtime/server/options.hpp"

#include <chrono>
#include <filesystem>

namespace palabre::server {

// A certificate that signs itself, for a server on one's own machine: EC P-256, for "localhost",
// 127.0.0.1 and ::1. Browsers warn of it once.

constexpr std::chrono::days self_signed_valid{397};   // browsers refuse longer ones
constexpr std::chrono::days self_signed_renewed{30};  // made anew when less is left

// The files of such a certificate in `folder` (made if absent): those that stand there, or new ones
// when there are none, they cannot be read, or they end soon. Files are readable by their owner
// alone and replaced as a whole. Throws std::runtime_error or std::filesystem::filesystem_error.
[[nodiscard]] tls_files ensure_self_signed(
    const std::filesystem::path& folder,
    std::chrono::system_clock::time_point now = std::chrono::system_clock::now()
);

}  // namespace palabre::server
