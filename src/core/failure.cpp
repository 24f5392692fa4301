// SPDX-License-Identifier: Apache-2.0
#include "core/failure.hpp"

#include <array>
#include <cassert>

namespace palabre {

namespace {

struct named {
    errc code;
    std::string_view name;
};

// In the order of errc.
constexpr auto errors = std::to_array<named>({
    {errc::invalid_fields, "invalid-fields"},
    {errc::missing_section, "missing-section"},
    {errc::invalid_section, "invalid-section"},
    {errc::too_many_sections, "too-many-sections"},
    {errc::invalid_limit, "invalid-limit"},
    {errc::invalid_cursor, "invalid-cursor"},
    {errc::invalid_idempotency_key, "invalid-idempotency-key"},
    {errc::idempotency_conflict, "idempotency-conflict"},
    {errc::unknown_parent, "unknown-parent"},
    {errc::reply_too_deep, "reply-too-deep"},
    {errc::unknown_comment, "unknown-comment"},
    {errc::invalid_key, "invalid-key"},
    {errc::key_required, "key-required"},
    {errc::key_refused, "key-refused"},
    {errc::quota_exceeded, "quota-exceeded"},
    {errc::section_closed, "section-closed"},
    {errc::edit_refused, "edit-refused"},
    {errc::edit_conflict, "edit-conflict"},
    {errc::invalid_status, "invalid-status"},
    {errc::invalid_decision, "invalid-decision"},
    {errc::malformed_request, "malformed-request"},
    {errc::malformed_json, "malformed-json"},
    {errc::not_json, "not-json"},
    {errc::unknown_route, "unknown-route"},
    {errc::method_not_allowed, "method-not-allowed"},
    {errc::origin_refused, "origin-refused"},
    {errc::body_too_large, "body-too-large"},
    {errc::headers_too_large, "headers-too-large"},
    {errc::target_too_long, "target-too-long"},
    {errc::too_slow, "too-slow"},
    {errc::too_busy, "too-busy"},
    {errc::too_many_requests, "too-many-requests"},
    {errc::store_unavailable, "store-unavailable"},
    {errc::internal_error, "internal-error"},
});

constexpr bool in_order() {
    for (std::size_t i = 0; i < errors.size(); ++i) {
        if (static_cast<std::size_t>(errors[i].code) != i) return false;
    }
    return errors.back().code == errc::internal_error;
}
static_assert(in_order(), "every errc has a name, at its own place");

}  // namespace

std::string_view name_of(errc code) noexcept {
    return errors[static_cast<std::size_t>(code)].name;
}

std::string_view name_of(field name) noexcept {
    switch (name) {
        case field::section_id:
            return "sectionId";
        case field::author:
            return "author";
        case field::text:
            return "text";
        case field::website:
            return "website";
        case field::parent_id:
            return "parentId";
    }
    assert(!"every field has a name");
    return "";
}

std::string_view name_of(field_problem problem) noexcept {
    switch (problem) {
        case field_problem::required:
            return "required";
        case field_problem::wrong_type:
            return "wrong-type";
        case field_problem::too_long:
            return "too-long";
        case field_problem::invalid_utf8:
            return "invalid-utf8";
        case field_problem::control_character:
            return "control-character";
        case field_problem::bidi_override:
            return "bidi-override";
        case field_problem::not_a_url:
            return "not-a-url";
        case field_problem::not_an_id:
            return "not-an-id";
        case field_problem::too_deep:
            return "too-deep";
        case field_problem::invisible:
            return "invisible";
    }
    assert(!"every field_problem has a name");
    return "";
}

}  // namespace palabre
