// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/schema.hpp"

#include "store/sqlite/transaction.hpp"

#include <array>
#include <cassert>

namespace palabre::store {
namespace {

// Version 1: comments, under sections. A section has a number so that its name, up to 512 bytes,
// is not repeated in each comment and in each index entry; `published` is counted as comments
// come, because counting rows costs more the more a section is read.
constexpr const char* comments_and_sections = R"(
CREATE TABLE sections (
    section_no INTEGER PRIMARY KEY,
    section_id TEXT NOT NULL UNIQUE,
    published INTEGER NOT NULL DEFAULT 0 CHECK (published >= 0)
) STRICT;
CREATE INDEX sections_by_size ON sections (published DESC, section_id) WHERE published > 0;

CREATE TABLE comments (
    comment_no INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    section_no INTEGER NOT NULL REFERENCES sections (section_no),
    at INTEGER NOT NULL,
    author TEXT NOT NULL,
    text TEXT NOT NULL,
    html TEXT NOT NULL,
    renderer INTEGER NOT NULL,
    parent BLOB CHECK (parent IS NULL OR length(parent) = 16),
    depth INTEGER NOT NULL,
    website TEXT,
    edited_at INTEGER,
    state INTEGER NOT NULL CHECK (state IN (0, 1)),
    verified INTEGER NOT NULL CHECK (verified IN (0, 1))
) STRICT;
-- Held comments are not in the index that public reads walk, so none can slip into a page.
CREATE INDEX comments_shown ON comments (section_no, at DESC, id DESC) WHERE state = 0;
-- It ends in state so that counting needs no look at the rows.
CREATE INDEX comments_held ON comments (at, id, state) WHERE state = 1;
CREATE INDEX comments_by_renderer ON comments (renderer, id);
)";

// Version 2: a post can be sent again after a lost answer, and is recognised by its key. Not a
// column of comments: keys are forgotten after a while, comments are not.
constexpr const char* idempotency_keys = R"(
CREATE TABLE idempotency (
    idempotency_key TEXT NOT NULL PRIMARY KEY,
    content_hash BLOB NOT NULL CHECK (length(content_hash) = 32),
    comment_id BLOB NOT NULL CHECK (length(comment_id) = 16),
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_by_expiry ON idempotency (expires_at);
)";

// Version 3: moderation. Comments have more states than a CHECK of version 1 lets in, and SQLite
// changes a CHECK only with its table. Tombstones are shown, so the index of shown comments holds
// them too; every other state is walked through an index of all, which a post pays for by one more
// entry at its right edge.
constexpr const char* moderation = R"(
CREATE TABLE comments_3 (
    comment_no INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    section_no INTEGER NOT NULL REFERENCES sections (section_no),
    at INTEGER NOT NULL,
    author TEXT NOT NULL,
    text TEXT NOT NULL,
    html TEXT NOT NULL,
    renderer INTEGER NOT NULL,
    parent BLOB CHECK (parent IS NULL OR length(parent) = 16),
    depth INTEGER NOT NULL,
    website TEXT,
    edited_at INTEGER,
    state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 4),
    verified INTEGER NOT NULL CHECK (verified IN (0, 1)),
    held_because TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO comments_3 SELECT *, '' FROM comments ORDER BY comment_no;
DROP TABLE comments;
ALTER TABLE comments_3 RENAME TO comments;
CREATE INDEX comments_shown ON comments (section_no, at DESC, id DESC) WHERE state IN (0, 4);
CREATE INDEX comments_by_state ON comments (state, at DESC, id DESC);
CREATE INDEX comments_by_renderer ON comments (renderer, id);
CREATE INDEX comments_by_parent ON comments (parent) WHERE parent IS NOT NULL;

ALTER TABLE sections ADD COLUMN closed INTEGER NOT NULL DEFAULT 0 CHECK (closed IN (0, 1));

-- Without references: what was done stays known when what it was done to is gone.
CREATE TABLE audit (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    at INTEGER NOT NULL,
    by TEXT NOT NULL,
    action INTEGER NOT NULL,
    about BLOB CHECK (about IS NULL OR length(about) = 16),
    section_id TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX audit_by_time ON audit (at DESC, id DESC);
CREATE INDEX audit_by_comment ON audit (about, at DESC, id DESC) WHERE about IS NOT NULL;
)";

// Version 4: keys for the API, and how often those with a quota were used on a day.
constexpr const char* api_keys = R"(
CREATE TABLE api_keys (
    key_id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    role INTEGER NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    origins TEXT NOT NULL,
    posts_per_minute INTEGER NOT NULL,
    posts_per_day INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE key_days (
    key_id TEXT NOT NULL REFERENCES api_keys (key_id),
    day INTEGER NOT NULL,
    posts INTEGER NOT NULL,
    PRIMARY KEY (key_id, day)
) STRICT, WITHOUT ROWID;
)";

// Version 5: a digest of each comment (digest.hpp), so that damage is noticed which leaves a row
// well formed. Those that are there are sealed as they are now.
constexpr const char* digests = R"(
ALTER TABLE comments ADD COLUMN digest BLOB NOT NULL DEFAULT x'';
UPDATE comments SET digest = palabre_digest(
    id, (SELECT section_id FROM sections AS own WHERE own.section_no = comments.section_no), at,
    author, text, html, renderer, parent, depth, website, edited_at, state, verified, held_because
);
)";

// Version 6: the comments of a section lie together. Rows stand in the file by comment_no, which
// was the order of arrival, so that the 20 comments of a page lay in 20 places; now the number of
// their section comes first (sql.hpp says how), and they lie in some five.
constexpr const char* sections_together = R"(
CREATE TABLE comments_6 (
    comment_no INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    section_no INTEGER NOT NULL REFERENCES sections (section_no),
    at INTEGER NOT NULL,
    author TEXT NOT NULL,
    text TEXT NOT NULL,
    html TEXT NOT NULL,
    renderer INTEGER NOT NULL,
    parent BLOB CHECK (parent IS NULL OR length(parent) = 16),
    depth INTEGER NOT NULL,
    website TEXT,
    edited_at INTEGER,
    state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 4),
    verified INTEGER NOT NULL CHECK (verified IN (0, 1)),
    held_because TEXT NOT NULL,
    digest BLOB NOT NULL
) STRICT;
INSERT INTO comments_6 SELECT
    (section_no << 32) + row_number() OVER (PARTITION BY section_no ORDER BY at, id),
    id, section_no, at, author, text, html, renderer, parent, depth, website, edited_at, state,
    verified, held_because, digest FROM comments;
DROP TABLE comments;
ALTER TABLE comments_6 RENAME TO comments;
CREATE INDEX comments_shown ON comments (section_no, at DESC, id DESC) WHERE state IN (0, 4);
CREATE INDEX comments_by_state ON comments (state, at DESC, id DESC);
CREATE INDEX comments_by_renderer ON comments (renderer, id);
CREATE INDEX comments_by_parent ON comments (parent) WHERE parent IS NOT NULL;
)";

// What leads from version n to n + 1 stands at n. Never change one that was released: add another.
constexpr std::array migrations{
    comments_and_sections, idempotency_keys, moderation, api_keys, digests, sections_together
};
static_assert(migrations.size() == schema_version);

}  // namespace

void refuse_version(std::int64_t found) {
    throw store_error(
        "the database has version " + std::to_string(found) +
        " and this program knows versions up to " + std::to_string(schema_version) +
        ": use a newer palabre"
    );
}

void migrate(database& db, std::int64_t target) {
    assert(target <= schema_version);
    for (;;) {
        transaction step(db, transaction_kind::writing);
        // Read within the transaction: another process may have taken this step just now.
        const std::int64_t version = db.number("PRAGMA user_version");
        if (version > schema_version) refuse_version(version);
        if (version >= target) return;
        db.execute(migrations.at(static_cast<std::size_t>(version)));
        const std::string mark = "PRAGMA user_version = " + std::to_string(version + 1);
        db.execute(mark.c_str());
        step.commit();
    }
}

}  // namespace palabre::store
