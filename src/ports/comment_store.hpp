// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/comment.hpp"
#include "core/cursor.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace palabre {

// Thrown by any verb of a store when the world is broken: disk full, database locked or damaged,
// network gone. What was not acknowledged may be tried again with the same idempotency key.
class store_error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// Remembers that a post was made, so that a retry is answered and not repeated.
struct idempotency_record {
    std::string key;                            // as the client sent it
    std::array<std::uint8_t, 32> content_hash;  // SHA-256 over what was posted
    timestamp expires_at;                       // may be forgotten afterwards
};

enum class post_status {
    stored,    // the comment is durable now
    replayed,  // the key was known with the same content: `stored` is the comment of then
    conflict,  // the key was known with other content: nothing was written
    closed,    // the section takes no more comments: nothing was written
};

struct post_answer {
    post_status status = post_status::stored;
    std::optional<comment> stored;  // set when stored or replayed
};

struct page_query {
    std::string_view section;
    std::optional<cursor> from;  // none: from the newest
    std::size_t limit;           // at least 1
};

// Comments newest first, whichever way the page was walked.
struct page {
    std::vector<comment> comments;
    bool has_older = false;   // there is a published comment older than the last one here
    bool has_newer = false;   // there is one newer than the first one here
    std::uint64_t total = 0;  // published comments of the section; tombstones do not count
    bool closed = false;      // the section takes no more comments
};

struct section_count {
    std::string section;
    std::uint64_t published = 0;
};

// Where comments are kept. Implemented by store/sqlite, store/memory and store/dynamodb, all held
// to tests/contract/comment_store_suite.hpp. Every verb may be called from any thread and may
// block; every verb may throw store_error. When a writing verb returns, what it wrote is durable
// and every later read sees it, except that pages, queues and lists of a store that says so may be
// a moment late. Comments that are not shown (core/comment_state.hpp) appear in find_any and
// count_held, and in ports/moderation_store.hpp, and nowhere else.
class comment_store {
public:
    virtual ~comment_store() = default;

    // Stores a comment whose id is new, unless its section is closed; a retry of an earlier post is
    // answered all the same. Its parent, if any, has been found by the caller.
    virtual post_answer post(
        const comment& draft, const std::optional<idempotency_record>& once
    ) = 0;

    // Stores those of the comments whose id is not known yet, and says how many. All of them are
    // durable on return; on a throw, any part of them may be.
    virtual std::size_t add_missing(std::span<const comment> batch) = 0;

    // A published comment.
    virtual std::optional<comment> find(const comment_id& id) = 0;

    // A comment in whatever state. For moderators and imports, never for the public.
    virtual std::optional<comment> find_any(const comment_id& id) = 0;

    // Published comments and tombstones.
    virtual page list(const page_query& query) = 0;

    // One entry per asked section, in the same order; 0 for one that is not known.
    virtual std::vector<section_count> counts(std::span<const std::string> sections) = 0;

    // Sections with at least one published comment, largest first, then by name.
    virtual std::vector<section_count> largest_sections(std::size_t limit) = 0;

    // How many comments await a moderator, over all sections.
    virtual std::uint64_t count_held() = 0;

    // Comments, in whatever state, whose html was made by another renderer than `current`, in an
    // order of the store's own, beginning after `after`, which is the last one given before. Who
    // walks on until none is left has met each exactly once.
    virtual std::vector<comment> list_rendered_by_others(
        std::uint32_t current, const std::optional<comment_id>& after, std::size_t limit
    ) = 0;

    // Replaces html and renderer of each comment, if its text is still the one given.
    virtual void replace_html(std::span<const comment> rendered) = 0;

    // Throws store_error when the store cannot serve. Cheap enough to be called every second.
    virtual void check() = 0;
};

// Told of every change that readers can see, after it is durable and before the writing verb
// returns, so that no cache outlives a write. Called from any thread; must not call the store.
class store_observer {
public:
    virtual ~store_observer() = default;
    virtual void section_changed(std::string_view section) noexcept = 0;
    // Another process wrote, and nobody knows what.
    virtual void everything_changed() noexcept = 0;
};

}  // namespace palabre
