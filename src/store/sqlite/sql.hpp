// SPDX-License-Identifier: Apache-2.0
#pragma once

// Every statement that reads or writes comments; those that shape the tables are in schema.cpp.
// docs/formats/sqlite.md explains the tables.
namespace palabre::store::sql {

// The columns of a comment, in the order that rows.cpp reads and writes them.
#define PALABRE_COMMENT_COLUMNS                                                           \
    "c.id, s.section_id, c.at, c.author, c.text, c.html, c.renderer, c.parent, c.depth, " \
    "c.website, c.edited_at, c.state, c.verified "

#define PALABRE_SELECT_COMMENTS       \
    "SELECT " PALABRE_COMMENT_COLUMNS \
    "FROM comments AS c JOIN sections AS s ON s.section_no = c.section_no "

// `state = 0` is written out in each, not bound: only then may SQLite use the partial index.
#define PALABRE_SHOWN_IN_SECTION "WHERE c.section_no = ?1 AND c.state = 0 "

inline constexpr const char* find_published =
    PALABRE_SELECT_COMMENTS "WHERE c.id = ?1 AND c.state = 0";

inline constexpr const char* find_any = PALABRE_SELECT_COMMENTS "WHERE c.id = ?1";

inline constexpr const char* find_section =
    "SELECT section_no, published FROM sections WHERE section_id = ?1";

inline constexpr const char* list_newest =
    PALABRE_SELECT_COMMENTS PALABRE_SHOWN_IN_SECTION "ORDER BY c.at DESC, c.id DESC LIMIT ?2";

inline constexpr const char* list_older = PALABRE_SELECT_COMMENTS PALABRE_SHOWN_IN_SECTION
    "AND (c.at, c.id) < (?2, ?3) ORDER BY c.at DESC, c.id DESC LIMIT ?4";

inline constexpr const char* list_newer = PALABRE_SELECT_COMMENTS PALABRE_SHOWN_IN_SECTION
    "AND (c.at, c.id) > (?2, ?3) ORDER BY c.at ASC, c.id ASC LIMIT ?4";

inline constexpr const char* any_at_or_newer =
    "SELECT EXISTS (SELECT 1 FROM comments AS c " PALABRE_SHOWN_IN_SECTION
    "AND (c.at, c.id) >= (?2, ?3))";

inline constexpr const char* any_at_or_older =
    "SELECT EXISTS (SELECT 1 FROM comments AS c " PALABRE_SHOWN_IN_SECTION
    "AND (c.at, c.id) <= (?2, ?3))";

inline constexpr const char* largest_sections =
    "SELECT section_id, published FROM sections WHERE published > 0 "
    "ORDER BY published DESC, section_id LIMIT ?1";

inline constexpr const char* count_held = "SELECT count(*) FROM comments WHERE state = 1";

// Renderers are few. Stepping from one to the next finds those in use without a scan.
inline constexpr const char* next_renderer =
    "SELECT min(renderer) FROM comments WHERE renderer > ?1";

inline constexpr const char* list_by_renderer =
    PALABRE_SELECT_COMMENTS "WHERE c.renderer = ?1 AND c.id > ?2 ORDER BY c.id LIMIT ?3";

inline constexpr const char* check = "SELECT published FROM sections LIMIT 1";

inline constexpr const char* add_section =
    "INSERT INTO sections (section_id) VALUES (?1) ON CONFLICT DO NOTHING";

inline constexpr const char* add_comment =
    "INSERT INTO comments (id, section_no, at, author, text, html, renderer, parent, depth, "
    "website, edited_at, state, verified) VALUES (?1, "
    "(SELECT section_no FROM sections WHERE section_id = ?2), "
    "?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";

inline constexpr const char* count_one_more =
    "UPDATE sections SET published = published + 1 WHERE section_id = ?1";

inline constexpr const char* comment_exists =
    "SELECT EXISTS (SELECT 1 FROM comments WHERE id = ?1)";

inline constexpr const char* replace_html =
    "UPDATE comments SET html = ?3, renderer = ?4 WHERE id = ?1 AND text = ?2";

inline constexpr const char* recall_key =
    "SELECT content_hash, comment_id FROM idempotency WHERE idempotency_key = ?1 AND expires_at > "
    "?2";

inline constexpr const char* remember_key =
    "INSERT OR REPLACE INTO idempotency (idempotency_key, content_hash, comment_id, expires_at) "
    "VALUES (?1, ?2, ?3, ?4)";

inline constexpr const char* forget_expired =
    "DELETE FROM idempotency WHERE idempotency_key IN (SELECT idempotency_key FROM idempotency "
    "WHERE expires_at <= ?1 ORDER BY expires_at LIMIT ?2)";

// Rises when another connection commits, never by our own commits.
inline constexpr const char* data_version = "PRAGMA data_version";

#undef PALABRE_SHOWN_IN_SECTION
#undef PALABRE_SELECT_COMMENTS
#undef PALABRE_COMMENT_COLUMNS

}  // namespace palabre::store::sql
