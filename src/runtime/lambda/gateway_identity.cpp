// SPDX-License-Identifier: Apache-2.0
#include "runtime/lambda/gateway_identity.hpp"

#include "runtime/lambda/event_json.hpp"

#include <algorithm>

namespace palabre::lambda {
namespace {

using boost::json::object;

// Cognito writes a list of groups as an array, as "[a b]" or as "a,b", depending on who passes it
// on.
std::vector<std::string> groups_in(const boost::json::value* claim) {
    std::vector<std::string> made;
    if (claim == nullptr) return made;
    if (const auto* list = claim->if_array()) {
        for (const auto& each : *list)
            if (each.is_string()) made.emplace_back(std::string_view(each.as_string()));
        return made;
    }
    std::string_view text = claim->is_string() ? std::string_view(claim->as_string()) : "";
    if (text.starts_with('[') && text.ends_with(']')) text = text.substr(1, text.size() - 2);
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(", "), text.size());
        if (end > 0) made.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return made;
}

// Cognito writes it as a boolean, or as the text "true", depending on who passes it on.
bool is_true(const boost::json::value* claim) {
    if (claim == nullptr) return false;
    if (const bool* plain = claim->if_bool()) return *plain;
    return claim->is_string() && claim->as_string() == "true";
}

// An address that the person has proved says more in the audit than the id that stands for them in
// a pool where people sign in by it. Anybody can claim one, so an unproved one is not looked at.
std::string name_in(const object& claims) {
    std::string made;
    if (is_true(claims.if_contains("email_verified"))) made = text_in(claims, "email");
    for (const char* name : {"cognito:username", "username", "sub"})
        if (made.empty()) made = text_in(claims, name);
    return made;
}

signed_in person_in(const object& context, payload format) {
    const object& authorizer = object_in(context, "authorizer");
    const object& claims = format == payload::v2 ? object_in(object_in(authorizer, "jwt"), "claims")
                                                 : object_in(authorizer, "claims");
    signed_in made{name_in(claims), {}};
    // Who has no name has no groups either: nothing could be said of them in the audit.
    if (!made.name.empty()) made.groups = groups_in(claims.if_contains("cognito:groups"));
    return made;
}

role role_of(const std::vector<std::string>& groups) {
    if (std::ranges::count(groups, admin_group) > 0) return role::admin;
    if (std::ranges::count(groups, moderator_group) > 0) return role::moderator;
    return role::site;
}

}  // namespace

gateway_identity who_in(const object& context, payload format) {
    gateway_identity made;
    made.person = person_in(context, format);
    if (format == payload::v1) made.key_id = text_in(object_in(context, "identity"), "apiKeyId");
    return made;
}

std::string name_for_audit(const gateway_identity& who) {
    if (!who.person.name.empty()) return "user:" + who.person.name;
    return who.key_id.empty() ? std::string() : "gateway-key:" + who.key_id;
}

std::optional<http::vouched_caller> voucher_for(
    const gateway_identity& who, std::string_view name
) {
    if (name.empty()) return std::nullopt;
    http::vouched_caller made;
    made.may = role_of(who.person.groups);
    made.name = name;
    made.signed_in = !who.person.name.empty();
    return made;
}

}  // namespace palabre::lambda
