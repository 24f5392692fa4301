// SPDX-License-Identifier: Apache-2.0
#include "core/failure.hpp"

#include <cassert>

namespace palabre {

std::string_view name_of(errc code) noexcept {
    switch (code) {
        case errc::invalid_fields:
            return "invalid-fields";
        case errc::missing_section:
            return "missing-section";
        case errc::invalid_section:
            return "invalid-section";
        case errc::too_many_sections:
            return "too-many-sections";
        case errc::invalid_limit:
            return "invalid-limit";
        case errc::invalid_cursor:
            return "invalid-cursor";
        case errc::invalid_idempotency_key:
            return "invalid-idempotency-key";
        case errc::idempotency_conflict:
            return "idempotency-conflict";
        case errc::unknown_parent:
            return "unknown-parent";
        case errc::reply_too_deep:
            return "reply-too-deep";
        case errc::unknown_comment:
            return "unknown-comment";
        case errc::invalid_key:
            return "invalid-key";
        case errc::key_required:
            return "key-required";
        case errc::key_refused:
            return "key-refused";
        case errc::quota_exceeded:
            return "quota-exceeded";
        case errc::section_closed:
            return "section-closed";
        case errc::edit_refused:
            return "edit-refused";
        case errc::edit_conflict:
            return "edit-conflict";
        case errc::invalid_status:
            return "invalid-status";
        case errc::invalid_decision:
            return "invalid-decision";
        case errc::malformed_request:
            return "malformed-request";
        case errc::malformed_json:
            return "malformed-json";
        case errc::not_json:
            return "not-json";
        case errc::unknown_route:
            return "unknown-route";
        case errc::method_not_allowed:
            return "method-not-allowed";
        case errc::origin_refused:
            return "origin-refused";
        case errc::body_too_large:
            return "body-too-large";
        case errc::headers_too_large:
            return "headers-too-large";
        case errc::target_too_long:
            return "target-too-long";
        case errc::too_slow:
            return "too-slow";
        case errc::too_busy:
            return "too-busy";
        case errc::too_many_requests:
            return "too-many-requests";
        case errc::store_unavailable:
            return "store-unavailable";
        case errc::internal_error:
            return "internal-error";
    }
    assert(!"every errc has a name");
    return "internal-error";
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
