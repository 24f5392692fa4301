// SPDX-License-Identifier: Apache-2.0
#pragma once

// Every statement that reads or writes comments; those that shape the tables are in schema.cpp.
// docs/formats/sqlite.md explains the tables.
namespace palabre::store::sql {

// The columns of a comment, in the order that rows.cpp reads and writes them.
#define PALABRE_COMMENT_COLUMNS(section)                                \
    "c.id, " section                                                    \
    ", c.at, c.author, c.text, c.html, c.renderer, c.parent, c.depth, " \
    "c.website, c.edited_at, c.state, c.verified, c.held_because "

#define PALABRE_SELECT_COMMENTS                      \
    "SELECT " PALABRE_COMMENT_COLUMNS("s.section_id" \
    ) "FROM comments AS c JOIN sections AS s ON s.section_no = c.section_no "

// The states are written out in each, not bound: only then may SQLite use the partial index.
#define PALABRE_SHOWN_IN_SECTION "WHERE c.section_no = ?1 AND c.state IN (0, 4) "

// The section's name is given, so that it need not be looked up for each comment of a page.
#define PALABRE_SELECT_SHOWN(section) \
    "SELECT " PALABRE_COMMENT_COLUMNS(section) "FROM comments AS c " PALABRE_SHOWN_IN_SECTION

#define PALABRE_SHOWN_OF_SECTION                                                        \
    "WHERE c.section_no = (SELECT section_no FROM sections WHERE section_id = ?1) AND " \
    "c.state IN (0, 4) "

// The digest of a row of comments, as digest.hpp has it, from what the row holds and what is given.
#define PALABRE_DIGEST(author, text, html, renderer, website, edited_at, state, verified, because) \
    "palabre_digest(id, (SELECT section_id FROM sections AS own "                                  \
    "WHERE own.section_no = comments.section_no), at, " author ", " text ", " html ", " renderer   \
    ", parent, depth, " website ", " edited_at ", " state ", " verified ", " because ")"

#define PALABRE_DIGEST_OF_ROW \
    PALABRE_DIGEST(           \
        "author",             \
        "text",               \
        "html",               \
        "renderer",           \
        "website",            \
        "edited_at",          \
        "state",              \
        "verified",           \
        "held_because"        \
    )

// What an UPDATE sets digest to. A row that was damaged before keeps a digest that does not fit:
// a change must not hide what happened to the rest of it.
#define PALABRE_RESEALED(...)                            \
    "digest = CASE WHEN digest = " PALABRE_DIGEST_OF_ROW \
    " THEN " PALABRE_DIGEST(__VA_ARGS__) " ELSE digest END "

inline constexpr const char* find_published =
    PALABRE_SELECT_COMMENTS "WHERE c.id = ?1 AND c.state = 0";

inline constexpr const char* find_any = PALABRE_SELECT_COMMENTS "WHERE c.id = ?1";

inline constexpr const char* find_section =
    "SELECT section_no, published, closed FROM sections WHERE section_id = ?1";

inline constexpr const char* list_newest =
    PALABRE_SELECT_SHOWN("?3") "ORDER BY c.at DESC, c.id DESC LIMIT ?2";

inline constexpr const char* list_older =
    PALABRE_SELECT_SHOWN("?5") "AND (c.at, c.id) < (?2, ?3) ORDER BY c.at DESC, c.id DESC LIMIT ?4";

inline constexpr const char* list_newer =
    PALABRE_SELECT_SHOWN("?5") "AND (c.at, c.id) > (?2, ?3) ORDER BY c.at ASC, c.id ASC LIMIT ?4";

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

inline constexpr const char* list_state = PALABRE_SELECT_COMMENTS
    "WHERE c.state = ?1 AND (c.at, c.id) < (?2, ?3) ORDER BY c.at DESC, c.id DESC LIMIT ?4";

// Walks all of the state: of those that are not published there are few.
inline constexpr const char* list_state_in_section = PALABRE_SELECT_COMMENTS
    "WHERE c.state = ?1 AND (c.at, c.id) < (?2, ?3) AND s.section_id = ?5 "
    "ORDER BY c.at DESC, c.id DESC LIMIT ?4";

inline constexpr const char* list_published_in_section =
    PALABRE_SELECT_COMMENTS PALABRE_SHOWN_OF_SECTION
    "AND c.state = 0 AND (c.at, c.id) < (?2, ?3) "
    "ORDER BY c.at DESC, c.id DESC LIMIT ?4";

inline constexpr const char* list_audit =
    "SELECT id, at, by, action, about, section_id, note FROM audit WHERE (at, id) < (?1, ?2) "
    "ORDER BY at DESC, id DESC LIMIT ?3";

inline constexpr const char* list_audit_about =
    "SELECT id, at, by, action, about, section_id, note FROM audit "
    "WHERE about = ?4 AND (at, id) < (?1, ?2) ORDER BY at DESC, id DESC LIMIT ?3";

inline constexpr const char* add_section =
    "INSERT INTO sections (section_id) VALUES (?1) ON CONFLICT DO NOTHING";

// comment_no begins with the number of the section, so that its comments lie together in the file:
// the next one after the last of the section. ?15 is the section's name once more, for the digest:
// see insert_under in rows.cpp.
inline constexpr const char* add_comment =
    "INSERT INTO comments (comment_no, id, section_no, at, author, text, html, renderer, parent, "
    "depth, website, edited_at, state, verified, held_because, digest) VALUES ("
    "(SELECT 1 + coalesce((SELECT comment_no FROM comments WHERE comment_no "
    "BETWEEN s.section_no << 32 AND (s.section_no << 32) + 4294967295 "
    "ORDER BY comment_no DESC LIMIT 1), s.section_no << 32) "
    "FROM sections AS s WHERE s.section_id = ?2), "
    "?1, (SELECT section_no FROM sections WHERE section_id = ?2), "
    "?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, "
    "palabre_digest(?1, ?15, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14))";

inline constexpr const char* add_to_count =
    "UPDATE sections SET published = published + ?2 WHERE section_id = ?1";

inline constexpr const char* comment_exists =
    "SELECT EXISTS (SELECT 1 FROM comments WHERE id = ?1)";

inline constexpr const char* replace_html =
    "UPDATE comments SET html = ?3, renderer = ?4, " PALABRE_RESEALED(
        "author", "text", "?3", "?4", "website", "edited_at", "state", "verified", "held_because"
    ) "WHERE id = ?1 AND text = ?2";

inline constexpr const char* set_state = "UPDATE comments SET state = ?2, " PALABRE_RESEALED(
    "author", "text", "html", "renderer", "website", "edited_at", "?2", "verified", "held_because"
) "WHERE id = ?1";

inline constexpr const char* edit_comment =
    "UPDATE comments SET text = ?3, html = ?4, renderer = ?5, edited_at = ?6, state = ?7, "
    "held_because = ?8, " PALABRE_RESEALED(
        "author", "?3", "?4", "?5", "website", "?6", "?7", "verified", "?8"
    ) "WHERE id = ?1 AND text = ?2 AND state <> 4";

inline constexpr const char* has_replies =
    "SELECT EXISTS (SELECT 1 FROM comments WHERE parent = ?1)";

// All that was somebody's own. Place, time and thread remain.
inline constexpr const char* make_tombstone =
    "UPDATE comments SET author = '', text = '', html = '', website = NULL, edited_at = NULL, "
    "state = 4, verified = 0, held_because = '', " PALABRE_RESEALED(
        "''", "''", "''", "renderer", "NULL", "NULL", "4", "0", "''"
    ) "WHERE id = ?1";

inline constexpr const char* erase_comment = "DELETE FROM comments WHERE id = ?1";

inline constexpr const char* set_closed = "UPDATE sections SET closed = ?2 WHERE section_id = ?1";

inline constexpr const char* add_audit =
    "INSERT INTO audit (id, at, by, action, about, section_id, note) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";

inline constexpr const char* add_key =
    "INSERT INTO api_keys (key_id, name, role, hash, origins, posts_per_minute, posts_per_day, "
    "made_at, revoked_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";

inline constexpr const char* find_key =
    "SELECT key_id, name, role, hash, origins, posts_per_minute, posts_per_day, made_at, "
    "revoked_at FROM api_keys WHERE key_id = ?1";

inline constexpr const char* list_keys =
    "SELECT key_id, name, role, hash, origins, posts_per_minute, posts_per_day, made_at, "
    "revoked_at FROM api_keys ORDER BY made_at, key_id";

inline constexpr const char* revoke_key =
    "UPDATE api_keys SET revoked_at = coalesce(revoked_at, ?2) WHERE key_id = ?1";

inline constexpr const char* take_daily_post =
    "INSERT INTO key_days (key_id, day, posts) VALUES (?1, ?2, 1) "
    "ON CONFLICT DO UPDATE SET posts = posts + 1 WHERE posts < ?3";

inline constexpr const char* forget_days = "DELETE FROM key_days WHERE key_id = ?1 AND day < ?2";

// Everything, for backups.
inline constexpr const char* all_closed_sections =
    "SELECT section_id FROM sections WHERE closed = 1 ORDER BY section_id";

inline constexpr const char* count_comments = "SELECT count(*) FROM comments";

inline constexpr const char* all_comments = PALABRE_SELECT_COMMENTS "ORDER BY c.id";

inline constexpr const char* all_audit =
    "SELECT id, at, by, action, about, section_id, note FROM audit ORDER BY at, id";

// A comment whose section's number is known already, and its own (?16), into a database that is
// new.
inline constexpr const char* add_comment_to_section =
    "INSERT INTO comments (comment_no, id, section_no, at, author, text, html, renderer, parent, "
    "depth, website, edited_at, state, verified, held_because, digest) VALUES "
    "(?16, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, "
    "palabre_digest(?1, ?15, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14))";

// Those that have a statement: UNIQUE makes its own, and keeps it.
inline constexpr const char* indices_of_comments =
    "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'comments' AND "
    "sql IS NOT NULL";

inline constexpr const char* put_whole_section =
    "INSERT INTO sections (section_no, section_id, published, closed) VALUES (?1, ?2, ?3, ?4) "
    "ON CONFLICT (section_no) DO UPDATE SET published = ?3, closed = ?4";

// Of a database that was left half-way. comment_no counts the comments of a section: see
// add_comment.
inline constexpr const char* sections_so_far =
    "SELECT s.section_no, s.section_id, count(*) FILTER (WHERE c.state = 0), "
    "coalesce(max(c.comment_no) - (s.section_no << 32), 0) "
    "FROM sections AS s LEFT JOIN comments AS c ON c.section_no = s.section_no "
    "GROUP BY s.section_no";

inline constexpr const char* last_comment = "SELECT id FROM comments ORDER BY id DESC LIMIT 1";

inline constexpr const char* recall_key =
    "SELECT content_hash, comment_id FROM idempotency WHERE idempotency_key = ?1 AND expires_at > "
    "?2";

inline constexpr const char* remember_key =
    "INSERT OR REPLACE INTO idempotency (idempotency_key, content_hash, comment_id, expires_at) "
    "VALUES (?1, ?2, ?3, ?4)";

inline constexpr const char* forget_expired =
    "DELETE FROM idempotency WHERE idempotency_key IN (SELECT idempotency_key FROM idempotency "
    "WHERE expires_at <= ?1 ORDER BY expires_at LIMIT ?2)";

// What `palabre doctor` asks.

inline constexpr const char* damaged_comments =
    "SELECT id FROM comments WHERE digest IS NOT " PALABRE_DIGEST_OF_ROW;

inline constexpr const char* wrong_counts =
    "SELECT section_id, published, coalesce(real, 0) FROM sections AS s LEFT JOIN "
    "(SELECT section_no, count(*) AS real FROM comments WHERE state = 0 GROUP BY section_no) AS c "
    "ON c.section_no = s.section_no WHERE published <> coalesce(real, 0)";

inline constexpr const char* tables =
    "SELECT name, coalesce(sql, '') FROM sqlite_schema ORDER BY name";

// Rises when another connection commits, never by our own commits.
inline constexpr const char* data_version = "PRAGMA data_version";

#undef PALABRE_RESEALED
#undef PALABRE_DIGEST_OF_ROW
#undef PALABRE_DIGEST
#undef PALABRE_SHOWN_OF_SECTION
#undef PALABRE_SELECT_SHOWN
#undef PALABRE_SHOWN_IN_SECTION
#undef PALABRE_SELECT_COMMENTS
#undef PALABRE_COMMENT_COLUMNS

}  // namespace palabre::store::sql
