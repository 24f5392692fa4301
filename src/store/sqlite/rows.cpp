// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/rows.hpp"

#include <string>
#include <vector>

namespace palabre::store {
namespace {

// Origins hold no white space, so one text holds them all.
std::string join(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) {
        if (!text.empty()) text += ' ';
        text += word;
    }
    return text;
}

std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> words;
    while (!text.empty()) {
        const auto end = text.find(' ');
        words.emplace_back(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return words;
}

// `more` is bound behind the columns of a comment.
template <class section, class... others>
void insert_under(
    statement& insert, const section& under, const comment& c, const others&... more
) {
    insert.execute(
        c.id,
        under,
        c.at,
        c.author,
        c.text,
        c.html,
        c.renderer,
        c.parent,
        c.depth,
        c.website,
        c.edited_at,
        static_cast<std::uint32_t>(c.state),
        static_cast<std::uint32_t>(c.verified),
        c.held_because,
        c.section,
        more...
    );
}

}  // namespace

comment read_comment(const row_reader& row) {
    comment c;
    c.id.bytes = row.blob<16>(0);
    c.section = row.text(1);
    c.at.ms = row.integer(2);
    c.author = row.text(3);
    c.text = row.text(4);
    c.html = row.text(5);
    c.renderer = static_cast<std::uint32_t>(row.integer(6));
    if (!row.is_null(7)) c.parent = comment_id{row.blob<16>(7)};
    c.depth = static_cast<std::uint32_t>(row.integer(8));
    if (!row.is_null(9)) c.website = row.text(9);
    if (!row.is_null(10)) c.edited_at = timestamp{row.integer(10)};
    c.state = static_cast<comment_state>(row.integer(11));
    c.verified = row.integer(12) != 0;
    c.held_because = row.text(13);
    return c;
}

std::vector<comment> read_comments(row_reader& rows) {
    constexpr std::size_t usual_page = 21;  // and one more, to know whether there is another page
    std::vector<comment> all;
    all.reserve(usual_page);
    while (rows.next())
        all.push_back(read_comment(rows));
    return all;
}

void insert_comment(statement& insert, const comment& added) {
    insert_under(insert, added.section, added);
}

void insert_comment_to(
    statement& insert, std::int64_t section_no, std::int64_t comment_no, const comment& added
) {
    insert_under(insert, section_no, added, comment_no);
}

audit_entry read_audit_entry(const row_reader& row) {
    audit_entry entry;
    entry.id.bytes = row.blob<16>(0);
    entry.at.ms = row.integer(1);
    entry.by = row.text(2);
    entry.what = static_cast<action>(row.integer(3));
    if (!row.is_null(4)) entry.about = comment_id{row.blob<16>(4)};
    entry.section = row.text(5);
    entry.note = row.text(6);
    return entry;
}

void insert_audit_entry(statement& insert, const audit_entry& entry) {
    insert.execute(
        entry.id,
        entry.at,
        entry.by,
        static_cast<std::uint32_t>(entry.what),
        entry.about,
        entry.section,
        entry.note
    );
}

api_key read_key(const row_reader& row) {
    api_key key;
    key.id = row.text(0);
    key.name = row.text(1);
    key.may = static_cast<role>(row.integer(2));
    key.hash = row.blob<32>(3);
    key.origins = split(row.text(4));
    key.posts_per_minute = static_cast<std::uint32_t>(row.integer(5));
    key.posts_per_day = static_cast<std::uint32_t>(row.integer(6));
    key.made_at.ms = row.integer(7);
    if (!row.is_null(8)) key.revoked_at = timestamp{row.integer(8)};
    return key;
}

void insert_key(statement& insert, const api_key& key) {
    insert.execute(
        key.id,
        key.name,
        static_cast<std::uint32_t>(key.may),
        key.hash,
        join(key.origins),
        key.posts_per_minute,
        key.posts_per_day,
        key.made_at,
        key.revoked_at
    );
}

}  // namespace palabre::store
