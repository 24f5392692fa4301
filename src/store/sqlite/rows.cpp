// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/rows.hpp"

namespace palabre::store {

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
    std::vector<comment> all;
    while (rows.next())
        all.push_back(read_comment(rows));
    return all;
}

void insert_comment(statement& insert, const comment& c) {
    insert.execute(
        c.id,
        c.section,
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
        c.held_because
    );
}

}  // namespace palabre::store
