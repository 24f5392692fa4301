// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/finding.hpp"

#include <filesystem>
#include <vector>

namespace palabre::doctor {

// Room for bytes and files where `folder` is, and whether a file made there can be made durable. A
// folder that is not there yet is only remarked.
[[nodiscard]] std::vector<finding> look_at_disk(const std::filesystem::path& folder);

}  // namespace palabre::doctor
