// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace palabre {

// What an owner decided about who may post, and what a moderator sees before anybody else does.
// Sections are patterns of core/section_pattern.hpp.
struct posting_rules {
    bool key_required = false;
    std::vector<std::string> open_sections;  // take posts without a key all the same

    // After publication unless said otherwise; the more particular list wins over hold_all.
    bool hold_all = false;
    std::vector<std::string> hold_sections;
    std::vector<std::string> publish_sections;

    // Each of these holds a comment for a moderator, whatever is said above.
    std::optional<std::size_t> links_max;    // none: any number of links
    std::vector<std::string> blocked_words;  // in core/text.hpp's folded case
    bool hold_duplicates = false;
    std::int64_t min_ms = 0;  // less time in a form than a person needs; 0: not looked at

    bool trap = true;  // a field that people do not see; what is filled in is spam

    std::int64_t edit_ms = 15LL * 60 * 1000;  // authors may change or delete for so long; 0: never
};

}  // namespace palabre
