// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "archive/site.hpp"
#include "ports/blob_store.hpp"
#include "ports/record_sink.hpp"
#include "service/verify_backup.hpp"

namespace palabre {

// Gives a backup to a home that is new, and to a folder for its site unless `site` is null or the
// backup has none. All is verified first, and again while it is given, so a disk that fails in
// between is noticed; `into` is finished only when everything was right. Throws
// archive::archive_error, blob_error, and whatever the sinks throw: then what they got is to be
// thrown away.
void restore_backup(
    blob_store& from, const std::string& name, record_sink& into, archive::site_sink* site
);

}  // namespace palabre
