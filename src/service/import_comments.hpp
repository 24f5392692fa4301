// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/limits.hpp"
#include "ports/comment_source.hpp"
#include "ports/comment_store.hpp"
#include "service/import_report.hpp"

#include <cstdint>
#include <functional>

namespace palabre {

struct import_progress {
    enum class stage { checking, storing };
    stage at = stage::checking;
    std::uint64_t bytes = 0;  // of the export, read in this stage
    std::uint64_t bytes_total = 0;
};

// Brings another engine's comments into a store.
//
// The export is read twice: once to check it from end to end, so that a broken or truncated file
// changes nothing, and once to store it. In between, memory holds about 150 bytes per entry and
// none of the texts. Ids are made of the engine, the section, the key and the date, so a second run
// adds only what is new, and a run that was interrupted can be done again.
//
// A reply whose parent is unknown, left out or of another section goes to the nearest ancestor that
// was kept, or stands alone; one deeper than limits::reply_depth goes up as far as it must.
class import_comments {
public:
    // `store` outlives this.
    import_comments(comment_store& store, const limits& allowed);

    // `progress` is called now and then; it may be empty. Throws source_error when the export is
    // broken (nothing was stored then) or changed while it was read (some of it may have been),
    // std::system_error when it cannot be read, store_error when the store fails.
    import_report run(
        comment_source& from, const std::function<void(const import_progress&)>& progress
    );

private:
    comment_store& store_;
    limits allowed_;
};

}  // namespace palabre
