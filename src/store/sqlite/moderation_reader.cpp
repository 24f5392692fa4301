// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/moderation_reader.hpp"

#include "store/sqlite/rows.hpp"
#include "store/sqlite/sql.hpp"

#include <limits>

namespace palabre::store {
namespace {

// Above everything that is stored.
position above_all() {
    position top{{std::numeric_limits<std::int64_t>::max()}, {}};
    top.id.bytes.fill(0xff);
    return top;
}

std::vector<audit_entry> read_entries(row_reader& rows) {
    std::vector<audit_entry> all;
    while (rows.next())
        all.push_back(read_audit_entry(rows));
    return all;
}

queue_page cut(std::vector<comment> found, std::size_t limit) {
    queue_page answer{std::move(found), false};
    if (answer.comments.size() <= limit) return answer;
    answer.comments.resize(limit);
    answer.has_older = true;
    return answer;
}

}  // namespace

moderation_reader::moderation_reader(database& db)
    : list_state_(db, sql::list_state),
      list_state_in_section_(db, sql::list_state_in_section),
      list_published_in_section_(db, sql::list_published_in_section),
      list_audit_(db, sql::list_audit),
      list_audit_about_(db, sql::list_audit_about) {}

queue_page moderation_reader::list_queue(const queue_query& query) {
    const position from = query.older_than.value_or(above_all());
    const auto state = static_cast<std::uint32_t>(query.state);
    const auto one_more = static_cast<std::int64_t>(query.limit) + 1;
    if (query.section.empty()) {
        auto rows = list_state_.run(state, from.at, from.id, one_more);
        return cut(read_comments(rows), query.limit);
    }
    if (query.state == comment_state::published) {
        auto rows = list_published_in_section_.run(query.section, from.at, from.id, one_more);
        return cut(read_comments(rows), query.limit);
    }
    auto rows = list_state_in_section_.run(state, from.at, from.id, one_more, query.section);
    return cut(read_comments(rows), query.limit);
}

std::vector<audit_entry> moderation_reader::list_audit(const audit_query& query) {
    const position from = query.older_than.value_or(above_all());
    const auto limit = static_cast<std::int64_t>(query.limit);
    if (query.about) {
        auto rows = list_audit_about_.run(from.at, from.id, limit, *query.about);
        return read_entries(rows);
    }
    auto rows = list_audit_.run(from.at, from.id, limit);
    return read_entries(rows);
}

}  // namespace palabre::store
