// SPDX-License-Identifier: Apache-2.0
#include "service/count_comments.hpp"

#include "core/limits.hpp"
#include "core/section_id.hpp"

#include <utility>

namespace palabre {

result<std::vector<section_count>> count_comments(
    comment_store& store, const std::vector<std::string>& sections
) {
    if (sections.empty()) {
        return refused(failure{errc::missing_section, "Name at least one sectionId.", {}});
    }
    if (sections.size() > sections_per_count_max) {
        return refused(
            failure{errc::too_many_sections, "Ask for at most 100 sections in one request.", {}}
        );
    }
    std::vector<std::string> ids;
    ids.reserve(sections.size());
    for (const std::string& text : sections) {
        auto id = make_section_id(text);
        if (!id) return refused(failure{errc::invalid_section, id.error().message, {}});
        ids.push_back(std::move(*id));
    }
    return store.counts(ids);
}

}  // namespace palabre
