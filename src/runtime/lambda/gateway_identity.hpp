// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/request.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace palabre::lambda {

// Which of the two shapes an event has, and so must its answer: "payload format version" in the
// documentation of API Gateway. REST APIs speak the first; HTTP APIs and function URLs the second.
enum class payload { v1, v2 };

// The groups of the user pool whose members may do what our keys of those roles may.
inline constexpr std::string_view moderator_group = "moderators";
inline constexpr std::string_view admin_group = "admins";

// Somebody whom an authorizer of the gateway has let through.
struct signed_in {
    std::string name;                 // for the audit; empty when nobody is signed in
    std::vector<std::string> groups;  // Cognito's, or those of another issuer
    bool operator==(const signed_in&) const = default;
};

// Whom the gateway let in, and by what.
struct gateway_identity {
    signed_in person;
    std::string key_id;  // of its own key, where the method demands one; otherwise empty
    bool operator==(const gateway_identity&) const = default;
};

// Reads it from the event's requestContext, which the gateway writes and no client can: what stands
// in headers or bodies is not looked at.
[[nodiscard]] gateway_identity who_in(const boost::json::object& context, payload format);

// "user:zoe@example.org" (the address that was proved, else the name or the id in the pool), else
// "gateway-key:a1b2c3", else empty.
[[nodiscard]] std::string name_for_audit(const gateway_identity& who);

// What that means to the application: a key of the gateway is that of a site, and so is a person
// without a group of ours. None when nobody was let in. The result views `name`.
[[nodiscard]] std::optional<http::vouched_caller> voucher_for(
    const gateway_identity& who, std::string_view name
);

}  // namespace palabre::lambda
