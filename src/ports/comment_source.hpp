// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/timestamp.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>

namespace palabre {

// A comment as another engine exported it, before our rules.
struct foreign_comment {
    std::string key;        // unique in the export: the other engine's id of it
    std::string parent_key; // empty for none
    std::string page;       // URL or path of the page it stands on
    std::string page_title;
    std::string author;
    std::string website;
    std::string html;       // its text
    timestamp at;
    bool held = false;      // not approved there
};

// What an export held that is no comment to import, by reason.
struct skipped_entries {
    std::uint64_t pingbacks = 0;
    std::uint64_t trackbacks = 0;
    std::uint64_t spam = 0;
    std::uint64_t deleted = 0;
    std::uint64_t orphans = 0;      // their page is missing in the export
    std::uint64_t other = 0;        // kinds that are no comments of a reader
    bool operator==(const skipped_entries&) const = default;
};

// The export is not what it should be. what() says what is wrong and where: "line 12, column 3: …".
class source_error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// An export that can be read from its beginning, as often as asked, without holding it in memory.
class comment_source {
public:
    virtual ~comment_source() = default;

    // The name of the engine, part of the ids that imported comments get: "wordpress", "disqus".
    [[nodiscard]] virtual std::string engine() const = 0;

    // Gives each comment to `take`, in the order of the file, and says what it left out.
    // `progress` is called now and then with the bytes read so far. Throws source_error when the
    // file is broken, std::system_error when it cannot be read.
    virtual skipped_entries read(
        const std::function<void(foreign_comment&&)>& take,
        const std::function<void(std::uint64_t bytes)>& progress
    ) = 0;

    // Size of the export in bytes, for a progress bar.
    [[nodiscard]] virtual std::uint64_t size_bytes() const = 0;
};

}  // namespace palabre
