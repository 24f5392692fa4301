// SPDX-License-Identifier: Apache-2.0
#include "http/moderation_routes.hpp"

#include "http/moderation_json.hpp"
#include "http/page_request.hpp"
#include "http/problem.hpp"
#include "http/query.hpp"

#include <utility>

namespace palabre::http {

void moderation_routes::add_to(router& routes) {
    const auto add = [&](method verb,
                         std::string_view pattern,
                         std::string_view name,
                         response (moderation_routes::*answer)(const request&, const caller&)) {
        routes.add(
            {verb,
             pattern,
             name,
             role::moderator,
             [this, answer](const auto& asked, const auto& from) {
                 return (this->*answer)(asked, from);
             }}
        );
    };
    using self = moderation_routes;
    add(method::get, "/moderation/commentaires", "GET /moderation/commentaires", &self::list);
    add(method::get,
        "/moderation/commentaires/{id}",
        "GET /moderation/commentaires/{id}",
        &self::show);
    add(method::post, "/moderation/decisions", "POST /moderation/decisions", &self::decide);
    add(method::put, "/moderation/sections", "PUT /moderation/sections", &self::set_closed);
    add(method::get, "/moderation/audit", "GET /moderation/audit", &self::list_audit);
}

response moderation_routes::list(const request& asked, const caller& /*from*/) {
    const query parameters(asked.query);
    const auto limit = read_limit(parameters, allowed_);
    if (!limit) return problem_response(limit.error());
    const auto found = moderate_.list({
        parameters.first("status"),
        parameters.first("sectionId"),
        parameters.first("cursor"),
        limit->value_or(allowed_.page_default),
    });
    if (!found) return problem_response(found.error());
    return json_response(200, to_json(*found));
}

response moderation_routes::show(const request& asked, const caller& /*from*/) {
    const auto found = moderate_.show(last_segment(asked.path));
    if (!found) return problem_response(found.error());
    return json_response(200, to_json(*found));
}

response moderation_routes::decide(const request& asked, const caller& from) {
    auto wanted = read_decision(asked);
    if (!wanted) return problem_response(wanted.error());
    wanted->by = from.name;
    const auto done = moderate_.decide(*wanted);
    if (!done) return problem_response(done.error());
    return json_response(200, to_json(*done));
}

response moderation_routes::set_closed(const request& asked, const caller& from) {
    auto wanted = read_section_change(asked);
    if (!wanted) return problem_response(wanted.error());
    wanted->by = from.name;
    const auto section = moderate_.set_closed(*wanted);
    if (!section) return problem_response(section.error());
    return json_response(200, section_json(*section, wanted->closed));
}

response moderation_routes::list_audit(const request& asked, const caller& /*from*/) {
    const query parameters(asked.query);
    const auto limit = read_limit(parameters, allowed_);
    if (!limit) return problem_response(limit.error());
    const auto found =
        moderate_.list_audit(parameters.first("cursor"), limit->value_or(allowed_.page_default));
    if (!found) return problem_response(found.error());
    return json_response(200, to_json(*found));
}

}  // namespace palabre::http
