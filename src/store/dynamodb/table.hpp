// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

// Every name that stands in the table, in one place: docs/formats/dynamodb.md explains them, and
// the infrastructure that makes the table is tested against this file. Names that are written here
// are in tables of others by now: they are added to, and never changed.
namespace palabre::store::dynamodb {

inline constexpr std::string_view default_table = "CommentairesAlternance";

// The pages of a section: comments that readers see, and the mark of a closed section.
inline constexpr std::string_view section_index = "sectionId-timestamp-index";
// What waits, what was refused, the audit and the keys: only items with `queue` are in it.
inline constexpr std::string_view queue_index = "queue-timestamp-index";

namespace attribute {

inline constexpr std::string_view id = "id";                 // key of the table
inline constexpr std::string_view section_id = "sectionId";  // of what is shown
inline constexpr std::string_view timestamp = "timestamp";   // RFC 3339, always with milliseconds
inline constexpr std::string_view queue = "queue";
inline constexpr std::string_view expires = "expires";  // seconds since 1970, for TTL

// Of a comment.
inline constexpr std::string_view pending_section_id = "pendingSectionId";  // of what is not shown
inline constexpr std::string_view author = "author";
inline constexpr std::string_view text = "text";
inline constexpr std::string_view html = "html";
inline constexpr std::string_view renderer = "renderer";
inline constexpr std::string_view depth = "depth";
inline constexpr std::string_view parent_id = "parentId";
inline constexpr std::string_view website = "website";
inline constexpr std::string_view edited_at = "editedAt";
inline constexpr std::string_view verified = "verified";
inline constexpr std::string_view held_because = "heldBecause";
inline constexpr std::string_view deleted = "deleted";

// Of a section.
inline constexpr std::string_view published = "published";
inline constexpr std::string_view closed = "closed";
inline constexpr std::string_view changes = "changes";
inline constexpr std::string_view changed_at = "changedAt";  // milliseconds since 1970

// Of a post that must not be made twice.
inline constexpr std::string_view content_hash = "contentHash";
inline constexpr std::string_view comment_id = "commentId";
inline constexpr std::string_view expires_at = "expiresAt";  // milliseconds since 1970

// How many comments answer one.
inline constexpr std::string_view replies = "replies";

// Of an entry of the audit.
inline constexpr std::string_view by = "by";
inline constexpr std::string_view action = "action";
inline constexpr std::string_view about = "about";
inline constexpr std::string_view section = "section";
inline constexpr std::string_view note = "note";

// Of an API key.
inline constexpr std::string_view name = "name";
inline constexpr std::string_view may = "may";
inline constexpr std::string_view hash = "hash";
inline constexpr std::string_view origins = "origins";
inline constexpr std::string_view posts_per_minute = "postsPerMinute";
inline constexpr std::string_view posts_per_day = "postsPerDay";
inline constexpr std::string_view revoked_at = "revokedAt";

// How much of a day's quota is used.
inline constexpr std::string_view posts = "posts";

}  // namespace attribute

// The id of a comment is its UUID and nothing else; that of any other item begins with its kind.
namespace prefix {

inline constexpr char mark = '#';  // in no UUID
inline constexpr std::string_view section = "section#";
inline constexpr std::string_view once = "once#";
inline constexpr std::string_view replies = "replies#";
inline constexpr std::string_view audit = "audit#";
inline constexpr std::string_view key = "key#";
inline constexpr std::string_view quota = "quota#";

}  // namespace prefix

// The item that stands there as long as a move into the table is not done.
inline constexpr std::string_view move_item_id = "move#";

// Values of `queue` beside "held", "rejected" and "spam", which are names of comment_state.
inline constexpr std::string_view audit_queue = "audit";
inline constexpr std::string_view key_queue = "key";

// The `timestamp` of a closed section's item: after every digit, so that whoever reads a section
// from its newest end meets it first.
inline constexpr std::string_view closed_timestamp = "closed";

}  // namespace palabre::store::dynamodb
