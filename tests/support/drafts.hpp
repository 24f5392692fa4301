// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/comment.hpp"
#include "core/draft.hpp"

#include <string>
#include <string_view>

namespace palabre::test {

// A draft that breaks no rule.
inline raw_draft good_draft(
    std::string_view text = "Bravo !", std::string_view section = "projets"
) {
    raw_draft draft;
    draft.section_id = std::string(section);
    draft.author = "Inès";
    draft.text = std::string(text);
    return draft;
}

// A comment as a store would hold it, the n-th of its section, a second after the one before it.
inline comment nth_comment(std::uint64_t n, std::string_view section = "projets") {
    comment made;
    made.at = {1'700'000'000'000 + static_cast<std::int64_t>(n) * 1'000};
    std::array<std::uint8_t, 10> entropy{};
    for (unsigned i = 0; i < 8; ++i)
        entropy[9 - i] = static_cast<std::uint8_t>(n >> (8 * i));
    made.id = make_comment_id(made.at, entropy);
    made.section = std::string(section);
    made.author = "Inès";
    made.text = "Commentaire " + std::to_string(n);
    made.html = "<p>Commentaire " + std::to_string(n) + "</p>\n";
    made.renderer = 1;
    return made;
}

}  // namespace palabre::test
