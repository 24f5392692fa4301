// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/reader.hpp"

#include "store/sqlite/rows.hpp"
#include "store/sqlite/sql.hpp"
#include "store/sqlite/transaction.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

namespace palabre::store {
namespace {

// Leaves room for one more.
std::int64_t as_sql_limit(std::size_t limit) {
    constexpr std::size_t most = std::numeric_limits<std::int32_t>::max();
    return static_cast<std::int64_t>(std::min(limit, most));
}

// One more than the page holds, to know whether there is another.
std::int64_t one_more(std::size_t limit) {
    return as_sql_limit(limit) + 1;
}

enum class more { no, yes };

more cut_to(std::vector<comment>& comments, std::size_t limit) {
    if (comments.size() <= limit) return more::no;
    comments.resize(limit);
    return more::yes;
}

bool is_true(row_reader& rows) {
    return rows.next() && rows.integer(0) != 0;
}

}  // namespace

reader::reader(std::unique_ptr<database> db)
    : db_(std::move(db)),
      find_published_(*db_, sql::find_published),
      find_any_(*db_, sql::find_any),
      find_section_(*db_, sql::find_section),
      list_newest_(*db_, sql::list_newest),
      list_older_(*db_, sql::list_older),
      list_newer_(*db_, sql::list_newer),
      any_at_or_newer_(*db_, sql::any_at_or_newer),
      any_at_or_older_(*db_, sql::any_at_or_older),
      largest_sections_(*db_, sql::largest_sections),
      count_held_(*db_, sql::count_held),
      next_renderer_(*db_, sql::next_renderer),
      list_by_renderer_(*db_, sql::list_by_renderer),
      check_(*db_, sql::check) {}

std::optional<comment> reader::find(const comment_id& id) {
    auto rows = find_published_.run(id);
    if (!rows.next()) return std::nullopt;
    return read_comment(rows);
}

std::optional<comment> reader::find_any(const comment_id& id) {
    auto rows = find_any_.run(id);
    if (!rows.next()) return std::nullopt;
    return read_comment(rows);
}

page reader::list(const page_query& query) {
    // Total, page and what lies around it are of one state of the database.
    transaction one_state(*db_, transaction_kind::reading);
    page answer;
    place of{0, query.section};
    {
        auto rows = find_section_.run(query.section);
        if (!rows.next()) return answer;
        of.section_no = rows.integer(0);
        answer.total = static_cast<std::uint64_t>(rows.integer(1));
        answer.closed = rows.integer(2) != 0;
    }
    if (!query.from) {
        fill_newest(answer, of, query.limit);
    } else if (query.from->towards == direction::older) {
        fill_older(answer, of, query.from->from, query.limit);
    } else {
        fill_newer(answer, of, query.from->from, query.limit);
    }
    return answer;
}

void reader::fill_newest(page& answer, const place& of, std::size_t limit) {
    auto rows = list_newest_.run(of.section_no, one_more(limit), of.section);
    answer.comments = read_comments(rows);
    answer.has_older = cut_to(answer.comments, limit) == more::yes;
}

// Between the cursor and the page there is nothing, so what is newer than the page is what stands
// at the cursor or above it. The same holds the other way round.
void reader::fill_older(page& answer, const place& of, const position& from, std::size_t limit) {
    auto rows = list_older_.run(of.section_no, from.at, from.id, one_more(limit), of.section);
    answer.comments = read_comments(rows);
    answer.has_older = cut_to(answer.comments, limit) == more::yes;
    auto newer = any_at_or_newer_.run(of.section_no, from.at, from.id);
    answer.has_newer = is_true(newer);
}

void reader::fill_newer(page& answer, const place& of, const position& from, std::size_t limit) {
    auto rows = list_newer_.run(of.section_no, from.at, from.id, one_more(limit), of.section);
    answer.comments = read_comments(rows);
    answer.has_newer = cut_to(answer.comments, limit) == more::yes;
    std::ranges::reverse(answer.comments);
    auto older = any_at_or_older_.run(of.section_no, from.at, from.id);
    answer.has_older = is_true(older);
}

std::vector<section_count> reader::counts(std::span<const std::string> sections) {
    transaction one_state(*db_, transaction_kind::reading);
    std::vector<section_count> answer;
    answer.reserve(sections.size());
    for (const auto& section : sections) {
        auto rows = find_section_.run(section);
        answer.push_back({section, rows.next() ? static_cast<std::uint64_t>(rows.integer(1)) : 0});
    }
    return answer;
}

std::vector<section_count> reader::largest_sections(std::size_t limit) {
    auto rows = largest_sections_.run(as_sql_limit(limit));
    std::vector<section_count> answer;
    while (rows.next()) {
        answer.push_back({rows.text(0), static_cast<std::uint64_t>(rows.integer(1))});
    }
    return answer;
}

std::uint64_t reader::count_held() {
    auto rows = count_held_.run();
    return rows.next() ? static_cast<std::uint64_t>(rows.integer(0)) : 0;
}

std::optional<std::int64_t> reader::renderer_after(std::int64_t renderer) {
    auto rows = next_renderer_.run(renderer);
    if (!rows.next() || rows.is_null(0)) return std::nullopt;
    return rows.integer(0);
}

std::vector<comment> reader::list_rendered_by_others(
    std::uint32_t current, const std::optional<comment_id>& after, std::size_t limit
) {
    transaction one_state(*db_, transaction_kind::reading);
    std::vector<comment> answer;
    // Up to `limit` of each renderer; the first of them all are among these. An id of zero bytes
    // stands below every id that is made.
    for (auto renderer = renderer_after(-1); renderer; renderer = renderer_after(*renderer)) {
        if (std::cmp_equal(*renderer, current)) continue;
        auto rows =
            list_by_renderer_.run(*renderer, after.value_or(comment_id{}), as_sql_limit(limit));
        std::ranges::move(read_comments(rows), std::back_inserter(answer));
    }
    std::ranges::sort(answer, {}, &comment::id);
    cut_to(answer, limit);
    return answer;
}

void reader::check() {
    auto rows = check_.run();
    // Whether there is a row or not, it could be read.
    static_cast<void>(rows.next());
}

moderation_reader& reader::moderation() {
    if (!moderation_) moderation_.emplace(*db_);
    return *moderation_;
}

key_reader& reader::keys() {
    if (!keys_) keys_.emplace(*db_);
    return *keys_;
}

}  // namespace palabre::store
