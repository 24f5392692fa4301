// SPDX-License-Identifier: Apache-2.0
#include "store/dynamodb/pages.hpp"

#include "store/dynamodb/items.hpp"
#include "store/dynamodb/lookup.hpp"
#include "store/dynamodb/section_item.hpp"
#include "store/dynamodb/table.hpp"
#include "store/dynamodb/walk.hpp"

#include <algorithm>
#include <set>

namespace palabre::store::dynamodb {
namespace {

constexpr std::string_view whole_section = "#sectionId = :section";

index_query query_of(
    std::string_view section, std::string_view condition, walk_order order, std::size_t at_once
) {
    return {
        section_index,
        std::string(condition),
        {},
        {{":section", text_value(section)}},
        order,
        at_once
    };
}

// The condition for what stands at a time or beyond it. Times of the marks of closed sections are
// greater than the last of ours, and so not between.
index_query query_from(std::string_view section, const cursor& from, std::size_t at_once) {
    const bool older = from.towards == direction::older;
    auto query = query_of(
        section,
        older ? "#sectionId = :section AND #timestamp <= :from"
              : "#sectionId = :section AND #timestamp BETWEEN :from AND :last",
        older ? walk_order::newest_first : walk_order::oldest_first,
        at_once
    );
    query.with.emplace_back(":from", text_value(to_rfc3339(from.from.at)));
    if (!older) query.with.emplace_back(":last", text_value(to_rfc3339(timestamp_max)));
    return query;
}

bool is_beyond(const cursor& from, const position& where) {
    return from.towards == direction::older ? where < from.from : where > from.from;
}

// Whether there is a comment on the other side of the cursor's time.
bool has_any_behind(const table_access& access, std::string_view section, const cursor& from) {
    const bool older = from.towards == direction::older;
    auto query = query_of(
        section,
        older ? "#sectionId = :section AND #timestamp > :from"
              : "#sectionId = :section AND #timestamp < :from",
        older ? walk_order::oldest_first : walk_order::newest_first,
        1
    );
    query.with.emplace_back(":from", text_value(to_rfc3339(from.from.at)));
    bool any = false;
    walk_index(access, query, [&](const item& each) {
        any = is_comment(each);
        return false;
    });
    return any;
}

void add_section_state(page& to, const section_state& state) {
    to.total = state.published;
    to.closed = state.closed;
}

// The newest comments. When they are all there are, nobody else need be asked.
page read_newest(const table_access& access, const page_query& query) {
    page made;
    first_of<comment> found(query.limit, walk_order::newest_first);
    const auto asked =
        query_of(query.section, whole_section, walk_order::newest_first, query.limit + 1);
    walk_index(access, asked, [&](const item& each) {
        if (is_comment(each)) return found.take(read_comment(each));
        made.closed = true;
        return true;
    });
    made.has_older = found.has_more();
    made.comments = found.give();
    if (made.has_older) {
        add_section_state(made, read_section(access, query.section));
    } else {
        const auto is_published = [](const comment& each) {
            return each.state == comment_state::published;
        };
        made.total = static_cast<std::uint64_t>(std::ranges::count_if(made.comments, is_published));
    }
    return made;
}

page read_from(const table_access& access, const page_query& query, const cursor& from) {
    const bool older = from.towards == direction::older;
    first_of<comment> found(
        query.limit, older ? walk_order::newest_first : walk_order::oldest_first
    );
    // The comment that the cursor stands at is usually still there, and one more than the page.
    bool any_behind = false;
    walk_index(access, query_from(query.section, from, query.limit + 2), [&](const item& each) {
        auto one = read_comment(each);
        if (is_beyond(from, position_of(one))) return found.take(std::move(one));
        any_behind = true;
        return true;
    });
    page made;
    const bool any_beyond = found.has_more();
    if (!any_behind) any_behind = has_any_behind(access, query.section, from);
    made.has_older = older ? any_beyond : any_behind;
    made.has_newer = older ? any_behind : any_beyond;
    made.comments = found.give();
    if (!older) std::ranges::reverse(made.comments);
    add_section_state(made, read_section(access, query.section));
    return made;
}

}  // namespace

page read_page(const table_access& access, const page_query& query) {
    return query.from ? read_from(access, query, *query.from) : read_newest(access, query);
}

std::vector<section_count> read_counts(
    const table_access& access, std::span<const std::string> sections
) {
    std::set<std::string> ids;
    std::vector<section_count> answer;
    answer.reserve(sections.size());
    for (const auto& section : sections) {
        ids.insert(section_item_id(section));
        answer.push_back({section, 0});
    }
    const std::vector<std::string> asked(ids.begin(), ids.end());
    look_up_all(access, asked, "#id, #published", [&](const item& each) {
        const auto section = name_in_id(each, prefix::section);
        for (auto& entry : answer) {
            if (entry.section == section)
                entry.published = static_cast<std::uint64_t>(number_of(each, attribute::published));
        }
    });
    return answer;
}

std::vector<section_count> read_largest_sections(const table_access& access, std::size_t limit) {
    const scan_query query{
        {},
        "#id, #published",
        "begins_with(#id, :section) AND #published > :none",
        {{":section", text_value(prefix::section)}, {":none", number_value(0)}},
        {}
    };
    std::vector<section_count> answer;
    walk_all(access, query, [&](const item& each) {
        answer.push_back(
            {std::string(name_in_id(each, prefix::section)),
             static_cast<std::uint64_t>(number_of(each, attribute::published))}
        );
        return true;
    });
    std::ranges::sort(answer, [](const section_count& one, const section_count& other) {
        if (one.published != other.published) return one.published > other.published;
        return one.section < other.section;
    });
    if (answer.size() > limit) answer.resize(limit);
    return answer;
}

}  // namespace palabre::store::dynamodb
