// SPDX-License-Identifier: Apache-2.0
#include "store/dynamodb/rendering.hpp"

#include "store/dynamodb/items.hpp"
#include "store/dynamodb/table.hpp"
#include "store/dynamodb/transaction.hpp"
#include "store/dynamodb/walk.hpp"

#include <set>

namespace palabre::store::dynamodb {

std::vector<comment> read_rendered_by_others(
    const table_access& access,
    std::uint32_t current,
    const std::optional<comment_id>& after,
    std::size_t limit
) {
    const std::string beginning = after ? to_string(*after) : std::string();
    const scan_query query{
        {},
        {},
        "NOT contains(#id, :mark) AND (attribute_not_exists(#renderer) OR #renderer <> :current)",
        {{":mark", text_value(std::string(1, prefix::mark))}, {":current", number_value(current)}},
        beginning
    };
    std::vector<comment> found;
    walk_all(access, query, [&](const item& each) {
        found.push_back(read_comment(each));
        return found.size() < limit;
    });
    return found;
}

std::vector<std::string> write_html(const table_access& access, std::span<const comment> rendered) {
    std::set<std::string> changed;
    for (const auto& each : rendered) {
        // A tombstone has no text, which is as good as an empty one.
        const auto writing = update_item(
            to_string(each.id),
            "SET #html = :html, #renderer = :renderer",
            each.text.empty() ? "#text = :text OR (attribute_exists(#id) AND "
                                "attribute_not_exists(#text))"
                              : "#text = :text",
            {{":html", text_value(each.html)},
             {":renderer", number_value(each.renderer)},
             {":text", text_value(each.text)}}
        );
        std::string section;
        if (update_alone(access, writing, &section) && !section.empty()) changed.insert(section);
    }
    return {changed.begin(), changed.end()};
}

}  // namespace palabre::store::dynamodb
