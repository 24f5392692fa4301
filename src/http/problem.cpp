// SPDX-License-Identifier: Apache-2.0
#include "http/problem.hpp"

#include "http/json_text.hpp"

#include <cassert>

namespace palabre::http {
namespace {

struct entry {
    unsigned status;
    std::string_view title;
};

entry look_up(errc code) noexcept {
    switch (code) {
        case errc::invalid_fields:
            return {422, "Some fields break a rule"};
        case errc::missing_section:
            return {400, "The parameter sectionId is missing"};
        case errc::invalid_section:
            return {400, "This is not a section id"};
        case errc::too_many_sections:
            return {400, "Too many sections in one request"};
        case errc::invalid_limit:
            return {400, "The parameter limit is not a number in range"};
        case errc::invalid_cursor:
            return {400, "The cursor does not fit"};
        case errc::invalid_idempotency_key:
            return {400, "The Idempotency-Key is not usable"};
        case errc::idempotency_conflict:
            return {409, "The Idempotency-Key was used already"};
        case errc::unknown_parent:
            return {404, "The comment to answer is not here"};
        case errc::reply_too_deep:
            return {422, "This conversation is too deep"};
        case errc::unknown_comment:
            return {404, "No such comment"};
        case errc::invalid_key:
            return {401, "This API key opens nothing"};
        case errc::key_required:
            return {401, "An API key is needed"};
        case errc::key_refused:
            return {403, "This API key may not do that"};
        case errc::quota_exceeded:
            return {429, "The quota of this API key is used up"};
        case errc::section_closed:
            return {403, "This section takes no more comments"};
        case errc::edit_refused:
            return {403, "This comment can no longer be changed here"};
        case errc::edit_conflict:
            return {409, "The comment was changed meanwhile"};
        case errc::invalid_status:
            return {400, "There is no such queue"};
        case errc::invalid_decision:
            return {422, "This is no decision"};
        case errc::malformed_request:
            return {400, "The request is not HTTP/1.1 as it should be"};
        case errc::malformed_json:
            return {400, "The body is not JSON as it should be"};
        case errc::not_json:
            return {415, "The body is not declared as JSON"};
        case errc::unknown_route:
            return {404, "Nothing stands at this address"};
        case errc::method_not_allowed:
            return {405, "This method does nothing here"};
        case errc::origin_refused:
            return {403, "Pages of this origin may not post here"};
        case errc::body_too_large:
            return {413, "The body is too large"};
        case errc::headers_too_large:
            return {431, "The header fields are too large"};
        case errc::target_too_long:
            return {414, "The address is too long"};
        case errc::too_slow:
            return {408, "The request took too long to arrive"};
        case errc::too_busy:
            return {503, "Too much work is waiting"};
        case errc::too_many_requests:
            return {429, "Too many requests in a short time"};
        case errc::store_unavailable:
            return {503, "The comments cannot be reached"};
        case errc::internal_error:
            return {500, "Something broke on our side"};
    }
    assert(!"every errc has a status");
    return {500, "Something broke on our side"};
}

void add_field(std::string& json, const field_error& error) {
    json_object object(json);
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
    const entry known = look_up(what.code);
    std::string json;
    {
        json_object object(json);
        object.add("type", "urn:palabre:problem:" + std::string(name_of(what.code)));
        object.add("title", known.title);
        object.add("status", std::uint64_t{known.status});
        if (!what.detail.empty()) object.add("detail", what.detail);
        if (!what.fields.empty()) {
            json_array list(object.add_raw("errors"));
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
