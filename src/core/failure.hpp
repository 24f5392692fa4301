// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace palabre {

// Everything that can go wrong in a request and that somebody can do something about. The names
// are part of the API: they are sent as the last part of a problem's `type`, and clients branch on
// them. One map in http/problem.cpp gives each its HTTP status.
enum class errc {
    invalid_fields,     // one or more fields of a draft break a rule; `fields` says which
    missing_section,    // the parameter sectionId is absent
    invalid_section,    // sectionId breaks a rule of core/section_id.hpp
    too_many_sections,  // more sections in one request than limits::sections_per_count
    invalid_limit,      // limit is not a whole number in range
    invalid_cursor,     // the cursor is not one of ours, or belongs to another section
    invalid_idempotency_key,
    idempotency_conflict,  // the key was used before with other content
    unknown_parent,        // parentId names no published comment of this section
    reply_too_deep,        // the parent already stands at limits::reply_depth
    unknown_comment,
    invalid_key,        // the x-api-key is not known, or was revoked
    key_required,       // the request needs an x-api-key and has none
    key_refused,        // the key may not do that, or not for a page of this origin
    quota_exceeded,     // the key has made all its posts of the day
    section_closed,     // no more comments in this section
    edit_refused,       // no token, a wrong one, or the time for it is over
    edit_conflict,      // the comment was changed by somebody else meanwhile
    invalid_status,     // status is not one that a moderator can list
    invalid_decision,   // a decision, its comments or its note break a rule
    malformed_request,  // not HTTP as RFC 9112 has it
    malformed_json,
    not_json,  // Content-Type is not application/json
    unknown_route,
    method_not_allowed,
    origin_refused,  // a page of a foreign origin tried to post
    body_too_large,
    headers_too_large,
    target_too_long,
    too_slow,           // the client did not send its request in time
    too_busy,           // more work is waiting than limits allow
    too_many_requests,  // of one client, key or section: more than its rate allows
    store_unavailable,
    internal_error,
};

// The stable, hyphenated name of an error: "invalid-fields".
[[nodiscard]] std::string_view name_of(errc code) noexcept;

enum class field { section_id, author, text, website, parent_id };

// Why a field was refused. Stable names, as those of errc.
enum class field_problem {
    required,
    wrong_type,
    too_long,
    invalid_utf8,
    control_character,  // C0, C1, or a code point that Unicode calls a noncharacter
    bidi_override,      // U+202A…U+202E, U+2066…U+2069: they make text read as it is not
    not_a_url,          // not an absolute http or https address
    not_an_id,          // not a UUID in its 36-character form
    too_deep,           // Markdown nested beyond limits::markup_depth
    invisible,          // nothing that a reader would see
};

// The name used in JSON: "sectionId", "author", …
[[nodiscard]] std::string_view name_of(field name) noexcept;
[[nodiscard]] std::string_view name_of(field_problem problem) noexcept;

struct field_error {
    field where;
    field_problem problem;
    std::string message;                 // one English sentence that says what to do; safe to show
    std::optional<std::size_t> limit{};  // the number that was crossed, where there is one

    bool operator==(const field_error&) const = default;
};

struct failure {
    errc code;
    std::string detail;               // one English sentence; safe to show; may be empty
    std::vector<field_error> fields;  // every bad field at once, for invalid_fields

    bool operator==(const failure&) const = default;
};

}  // namespace palabre
