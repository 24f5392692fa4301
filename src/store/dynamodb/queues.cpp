// SPDX-License-Identifier: Apache-2.0
#include "store/dynamodb/queues.hpp"

#include "store/dynamodb/items.hpp"
#include "store/dynamodb/table.hpp"
#include "store/dynamodb/walk.hpp"

#include <set>

namespace palabre::store::dynamodb {
namespace {

constexpr std::string_view whole_queue = "#queue = :queue";

index_query query_of_queue(std::string_view queue, std::size_t at_once) {
    return {
        queue_index,
        std::string(whole_queue),
        {},
        {{":queue", text_value(queue)}},
        walk_order::newest_first,
        at_once
    };
}

// Only what is not newer than the place; of the same time it may still be on either side.
void begin_at(index_query& query, const std::optional<position>& older_than) {
    if (!older_than) return;
    query.condition += " AND #timestamp <= :from";
    query.with.emplace_back(":from", text_value(to_rfc3339(older_than->at)));
}

bool is_wanted(const comment& each, const queue_query& query) {
    return each.state == query.state &&
           (!query.older_than || position_of(each) < *query.older_than);
}

// Two more than the page: the one it begins behind, and the one that says there is more. With a
// filter as many as DynamoDB gives, since most may not be wanted.
std::size_t at_once(std::size_t limit, bool filtered) {
    return filtered ? 0 : limit + 2;
}

index_query query_of_waiting(const queue_query& query) {
    auto made = query_of_queue(name_of(query.state), at_once(query.limit, !query.section.empty()));
    begin_at(made, query.older_than);
    if (!query.section.empty()) {
        made.filter = "#pendingSectionId = :section";
        made.with.emplace_back(":section", text_value(query.section));
    }
    return made;
}

index_query query_of_shown(const queue_query& query) {
    index_query made{
        section_index,
        "#sectionId = :section",
        query.state == comment_state::deleted ? "attribute_exists(#deleted)"
                                              : "attribute_not_exists(#deleted)",
        {{":section", text_value(query.section)}},
        walk_order::newest_first,
        0
    };
    begin_at(made, query.older_than);
    return made;
}

queue_page read_index(
    const table_access& access, const index_query& asked, const queue_query& query
) {
    first_of<comment> found(query.limit, walk_order::newest_first);
    walk_index(access, asked, [&](const item& each) {
        if (!is_comment(each)) return true;
        auto one = read_comment(each);
        return !is_wanted(one, query) || found.take(std::move(one));
    });
    queue_page made;
    made.has_older = found.has_more();
    made.comments = found.give();
    return made;
}

// The newest of all sections: nothing but a look at everything tells. One more than the page is
// kept, whatever there is.
queue_page read_all_sections(const table_access& access, const queue_query& query) {
    const auto newer = [](const comment& one, const comment& other) {
        return position_of(one) > position_of(other);
    };
    std::set<comment, decltype(newer)> kept(newer);
    walk_all(access, {section_index, {}, {}, {}, {}}, [&](const item& each) {
        if (!is_comment(each)) return true;
        auto one = read_comment(each);
        if (!is_wanted(one, query)) return true;
        kept.insert(std::move(one));
        if (kept.size() > query.limit + 1) kept.erase(std::prev(kept.end()));
        return true;
    });
    queue_page made;
    made.has_older = kept.size() > query.limit;
    if (made.has_older) kept.erase(std::prev(kept.end()));
    made.comments.assign(kept.begin(), kept.end());
    return made;
}

}  // namespace

queue_page read_queue(const table_access& access, const queue_query& query) {
    if (!is_shown(query.state)) return read_index(access, query_of_waiting(query), query);
    if (!query.section.empty()) return read_index(access, query_of_shown(query), query);
    return read_all_sections(access, query);
}

std::uint64_t read_count_held(const table_access& access) {
    return count_items(access, query_of_queue(name_of(comment_state::held), 0));
}

std::vector<audit_entry> read_audit(const table_access& access, const audit_query& query) {
    auto asked = query_of_queue(audit_queue, at_once(query.limit, query.about.has_value()));
    begin_at(asked, query.older_than);
    if (query.about) {
        asked.filter = "#about = :about";
        asked.with.emplace_back(":about", text_value(to_string(*query.about)));
    }
    first_of<audit_entry> found(query.limit, walk_order::newest_first);
    walk_index(access, asked, [&](const item& each) {
        auto one = read_audit_entry(each);
        const bool wanted = !query.older_than || position{one.at, one.id} < *query.older_than;
        return !wanted || found.take(std::move(one));
    });
    return found.give();
}

}  // namespace palabre::store::dynamodb
