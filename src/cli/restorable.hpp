// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "archive/site.hpp"
#include "ports/blob_store.hpp"
#include "ports/record_sink.hpp"

#include <filesystem>
#include <memory>
#include <string>

namespace palabre::cli {

// Something that can be restored or verified, of whichever of the kinds that we know.
class restorable {
public:
    virtual ~restorable() = default;

    // "a backup of Palabre", "an export by DynamoDB of the table …".
    [[nodiscard]] virtual std::string kind() const = 0;
    // "120 comments, 14 files of the site, 1.2 MB". Of an export, known after give().
    [[nodiscard]] virtual std::string summary() const = 0;
    [[nodiscard]] virtual bool has_site() const = 0;

    // "2026-11-22T17:45:00.123Z by palabre 0.1.0".
    [[nodiscard]] virtual std::string made_at() const = 0;

    // Reads it to its last byte. Throws as give() does.
    virtual void verify(const std::filesystem::path& work) = 0;

    // Gives everything, and finishes `to`; the site unless `site` is null. All of it is checked
    // before the first record is given. `work` is a folder for files that go again. Throws
    // std::exception with a clause.
    virtual void give(
        record_sink& to, archive::site_sink* site, const std::filesystem::path& work
    ) = 0;
};

// The one of this name: looks at its manifest, and no further. `in` outlives the result. Throws
// archive::archive_error, archive::export_error and blob_error.
[[nodiscard]] std::unique_ptr<restorable> open_restorable(blob_store& in, const std::string& name);

}  // namespace palabre::cli
