// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/timestamp.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>

namespace palabre {

// Why an entry of an export is no comment to import.
enum class skip_reason : std::uint8_t {
    pingback,
    trackback,
    spam,
    deleted,
    orphan,  // the export says nothing of the page it stands on
    other,   // a kind that no reader wrote: a note, an order's history
};

// An entry of another engine's export, before our rules. Text is valid UTF-8.
struct foreign_comment {
    std::string key;         // unique in the export: the other engine's id of it
    std::string parent_key;  // empty for none; may come later in the export
    std::uint64_t line = 0;  // where it begins in the export; 0 when unknown
    // Set when it is to be left out. Such an entry is given all the same, since replies to it look
    // for their place through it; only the fields above need then be set.
    std::optional<skip_reason> skipped;
    std::string page;  // http(s) URL or path of its page, or a plain name
    std::string page_title;
    std::string author;  // plain text; empty for an anonymous one
    std::string website;
    std::string html;   // its text
    timestamp at;       // not checked for its range
    bool held = false;  // not approved there
};

// What an export held that is no comment to import, by reason.
struct skipped_entries {
    std::uint64_t pingbacks = 0;
    std::uint64_t trackbacks = 0;
    std::uint64_t spam = 0;
    std::uint64_t deleted = 0;
    std::uint64_t orphans = 0;
    std::uint64_t other = 0;
    bool operator==(const skipped_entries&) const = default;
};

// What a line break in the HTML of an export means to its readers.
enum class foreign_newlines {
    are_space,   // as in HTML
    are_breaks,  // the other engine shows them as <br>, and empty lines as paragraphs
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

    [[nodiscard]] virtual foreign_newlines newlines() const = 0;

    // Gives each entry to `take`, in the order of the file. `progress` is called now and then with
    // the bytes read so far, which end at size_bytes(); it may be empty. Throws source_error when
    // the file is broken, std::system_error when it cannot be read, and whatever `take` throws.
    virtual void read(
        const std::function<void(foreign_comment&&)>& take,
        const std::function<void(std::uint64_t bytes)>& progress
    ) = 0;

    // Size of the export in bytes, for a progress bar. Throws std::system_error.
    [[nodiscard]] virtual std::uint64_t size_bytes() const = 0;
};

}  // namespace palabre
