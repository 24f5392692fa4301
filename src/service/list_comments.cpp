// SPDX-License-Identifier: Apache-2.0
#include "service/list_comments.hpp"

#include "service/rerender_comments.hpp"

#include <algorithm>
#include <utility>

namespace palabre {
namespace {

// Keeps the newest `limit` comments of a first page.
void cut(page& first, std::size_t limit) {
    if (first.comments.size() <= limit) return;
    first.comments.resize(limit);
    first.has_older = true;
}

}  // namespace

result<list_comments::output> list_comments::run(const input& asked) {
    std::optional<cursor> from;
    if (asked.cursor) {
        auto decoded = decode_cursor(*asked.cursor, asked.section);
        if (!decoded) return refused(std::move(decoded.error()));
        from = *decoded;
    }
    // A small section comes whole, so that replies can be shown under what they answer. Asking the
    // store for that many first costs one query in either case.
    const bool may_be_whole = !asked.limit && !from;
    const std::size_t usual = asked.limit.value_or(allowed_.page_default);
    const std::size_t wanted = may_be_whole ? std::max(usual, allowed_.whole_section) : usual;

    output answer;
    answer.found = store_.list({asked.section, from, wanted});
    if (may_be_whole && answer.found.has_older) cut(answer.found, usual);
    rerender_before_showing(store_, answer.found.comments);

    const auto& comments = answer.found.comments;
    if (comments.empty()) return answer;
    if (answer.found.has_older) {
        answer.next_cursor =
            encode_cursor({direction::older, position_of(comments.back())}, asked.section);
    }
    if (answer.found.has_newer) {
        answer.previous_cursor =
            encode_cursor({direction::newer, position_of(comments.front())}, asked.section);
    }
    return answer;
}

}  // namespace palabre
