// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "archive/export_backup.hpp"
#include "archive/manifest.hpp"
#include "ports/blob_store.hpp"

#include <optional>
#include <string>
#include <vector>

namespace palabre {

struct listed_backup {
    std::string name;
    timestamp at;
    std::optional<archive::manifest> of;  // none: it is damaged, or an export
    std::string problem;                  // why; empty when it has all its parts, in their sizes
    // Of one that the function `backup` made.
    std::optional<archive::export_backup> exported = {};

    [[nodiscard]] bool is_good() const noexcept { return problem.empty(); }
};

// All that stand under the name of a backup, newest first. One of which DynamoDB has not written
// all yet has no manifest, and is damaged like any other without. Looks at manifests and sizes;
// whether every byte is right is for verify_backup to say. Throws blob_error.
[[nodiscard]] std::vector<listed_backup> list_backups(blob_store& in);

}  // namespace palabre
