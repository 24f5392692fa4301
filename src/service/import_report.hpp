// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ports/comment_source.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace palabre {

struct imported_section {
    std::string section;
    std::uint64_t comments = 0;  // in the export, known before or not; held ones too

    bool operator==(const imported_section&) const = default;
};

// What an import found and did. Every entry that was read is an added comment, one that was there
// already, or one of those left out.
struct import_report {
    std::string engine;
    std::uint64_t read = 0;  // entries of the export, of whatever kind
    std::uint64_t added = 0;
    std::uint64_t already_there = 0;
    std::uint64_t held = 0;  // await a moderator, of the last two

    skipped_entries skipped;        // left out, by what the export says of them
    std::uint64_t empty_texts = 0;  // left out: nothing a reader would see
    std::uint64_t duplicates = 0;   // left out: their key came before in the export
    std::uint64_t bad_pages = 0;    // left out: their page's address makes no section id
    std::string first_bad_page;     // one of them, to look for

    std::uint64_t long_texts = 0;        // kept whole, though longer than limits::text_characters
    std::uint64_t cut_authors = 0;       // names cut at limits::author_characters
    std::uint64_t unnamed_authors = 0;   // got the name anonymous_author
    std::uint64_t dropped_websites = 0;  // no http(s) address, or too long
    std::uint64_t moved_replies = 0;     // attached elsewhere: see import_comments

    std::vector<imported_section> sections;  // largest first, then by name

    bool operator==(const import_report&) const = default;
};

// Author of a comment that came without a name. French, as the pages around it are.
inline constexpr std::string_view anonymous_author = "Anonyme";

// The report as a few lines of English for a terminal.
[[nodiscard]] std::string to_text(const import_report& report);

}  // namespace palabre
