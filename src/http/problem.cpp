// SPDX-License-Identifier: Apache-2.0
#include "http/problem.hpp"

#include "util/json_text.hpp"

#include <array>
#include <cstddef>

namespace palabre::http {
namespace {

struct entry {
    errc code;
    unsigned status;
    std::string_view title;
};

// In the order of errc.
constexpr auto entries = std::to_array<entry>({
    {errc::invalid_fields, 422, "Some fields break a rule"},
    {errc::missing_section, 400, "The parameter sectionId is missing"},
    {errc::invalid_section, 400, "This is not a section id"},
    {errc::too_many_sections, 400, "Too many sections in one request"},
    {errc::invalid_limit, 400, "The parameter limit is not a number in range"},
    {errc::invalid_cursor, 400, "The cursor does not fit"},
    {errc::invalid_idempotency_key, 400, "The Idempotency-Key is not usable"},
    {errc::idempotency_conflict, 409, "The Idempotency-Key was used already"},
    {errc::unknown_parent, 404, "The comment to answer is not here"},
    {errc::reply_too_deep, 422, "This conversation is too deep"},
    {errc::unknown_comment, 404, "No such comment"},
    {errc::invalid_key, 401, "This API key opens nothing"},
    {errc::key_required, 401, "This needs an API key or a sign-in"},
    {errc::key_refused, 403, "This API key may not do that"},
    {errc::quota_exceeded, 429, "The quota of this API key is used up"},
    {errc::section_closed, 403, "This section takes no more comments"},
    {errc::edit_refused, 403, "This comment can no longer be changed here"},
    {errc::edit_conflict, 409, "The comment was changed meanwhile"},
    {errc::invalid_status, 400, "There is no such queue"},
    {errc::invalid_decision, 422, "This is no decision"},
    {errc::malformed_request, 400, "The request is not HTTP/1.1 as it should be"},
    {errc::malformed_json, 400, "The body is not JSON as it should be"},
    {errc::not_json, 415, "The body is not declared as JSON"},
    {errc::unknown_route, 404, "Nothing stands at this address"},
    {errc::method_not_allowed, 405, "This method does nothing here"},
    {errc::origin_refused, 403, "Pages of this origin may not post here"},
    {errc::body_too_large, 413, "The body is too large"},
    {errc::headers_too_large, 431, "The header fields are too large"},
    {errc::target_too_long, 414, "The address is too long"},
    {errc::too_slow, 408, "The request took too long to arrive"},
    {errc::too_busy, 503, "Too much work is waiting"},
    {errc::too_many_requests, 429, "Too many requests in a short time"},
    {errc::store_unavailable, 503, "The comments cannot be reached"},
    {errc::internal_error, 500, "Something broke on our side"},
});

constexpr bool in_order() {
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (static_cast<std::size_t>(entries[i].code) != i) return false;
    }
    return entries.back().code == errc::internal_error;
}
static_assert(in_order(), "every errc has a status, at its own place");

const entry& look_up(errc code) noexcept {
    return entries[static_cast<std::size_t>(code)];
}

void add_field(std::string& json, const field_error& error) {
    util::json_object object(json);
    object.add("field", name_of(error.where));
    object.add("code", name_of(error.problem));
    object.add("message", error.message);
    if (error.limit) object.add("limit", std::uint64_t{*error.limit});
}

}  // namespace

unsigned status_of(errc code) noexcept {
    return look_up(code).status;
}

response problem_response(const failure& what) {
    const entry& known = look_up(what.code);
    std::string json;
    {
        util::json_object object(json);
        object.add("type", "urn:palabre:problem:" + std::string(name_of(what.code)));
        object.add("title", known.title);
        object.add("status", std::uint64_t{known.status});
        if (!what.detail.empty()) object.add("detail", what.detail);
        if (!what.fields.empty()) {
            util::json_array list(object.add_raw("errors"));
            for (const field_error& error : what.fields)
                add_field(list.next(), error);
        }
    }
    response answer;
    answer.status = known.status;
    answer.set("content-type", "application/problem+json");
    answer.set("cache-control", "no-store");
    if (known.status == 503) answer.set("retry-after", "1");
    answer.body = std::move(json);
    return answer;
}

}  // namespace palabre::http
