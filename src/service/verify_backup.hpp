// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "archive/manifest.hpp"
#include "ports/blob_store.hpp"

#include <string>

namespace palabre {

// Reads a backup to its last byte, as a restore would, and says what it holds. Throws
// archive::archive_error when anything about it is not right; blob_error.
[[nodiscard]] archive::manifest verify_backup(blob_store& in, const std::string& name);

}  // namespace palabre
