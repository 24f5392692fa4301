// SPDX-License-Identifier: Apache-2.0
// Whom the gateway let in, from its event to what they may do.
#include "http/api.hpp"
#include "http/page_cache.hpp"
#include "runtime/lambda/gateway_function.hpp"
#include "service/keys.hpp"
#include "store/memory/memory_store.hpp"
#include "support/fakes.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>

namespace palabre::lambda {
namespace {

// A request to the API as an event of a REST API, with what the gateway says in requestContext.
struct rest_call {
    std::string verb = "GET";
    std::string path = "/moderation/commentaires";
    std::string context = "{}";
    std::string headers = "{}";
    std::string body = "null";
};

constexpr const char* draft =
    R"("{\"sectionId\":\"projets\",\"author\":\"Zoé\",\"text\":\"Bonjour\"}")";

std::string claims(const std::string& of) {
    return R"({"authorizer": {"claims": )" + of + "}}";
}

class gateway_identity_test : public testing::Test {
protected:
    gateway_identity_test() {
        http::api_options options;
        options.contract_json = "{}";
        options.behind_gateway = true;
        options.edit_secret = std::string(32, 's');
        options.rules.key_required = true;
        app_ = std::make_unique<http::api>(
            options, http::api::ports{store_, store_, store_, clock_, ids_}, pages_
        );
    }

    boost::json::value ask(const rest_call& call) {
        const std::string event = R"({"httpMethod":")" + call.verb + R"(","resource":")" +
                                  call.path + R"(","path":")" + call.path + R"(","headers":)" +
                                  call.headers + R"(,"requestContext":)" + call.context +
                                  R"(,"body":)" + call.body + "}";
        return boost::json::parse(answer_event(*app_, event, {}).json);
    }
    std::int64_t status(const rest_call& call) { return ask(call).at("statusCode").as_int64(); }

    boost::json::value post(const std::string& context, const std::string& headers) {
        return ask({"POST", "/commentaires", context, headers, draft});
    }
    static std::string with_key(const std::string& key) {
        return R"({"content-type":"application/json","x-api-key":")" + key + "\"}";
    }
    std::string key_of(role may) {
        api_key wanted;
        wanted.name = "the test's";
        wanted.may = may;
        const auto made = issue_key(wanted, std::string(key_entropy_bytes, static_cast<char>(may)));
        store_.add_key(made.stored);
        return made.text;
    }

    test::fake_clock clock_;
    test::counting_ids ids_;
    http::page_cache pages_{0};
    store::memory_store store_{clock_, &pages_};
    std::unique_ptr<http::api> app_;
};

const std::string json_type = R"({"content-type":"application/json"})";
const std::string by_gateway_key =
    R"({"identity": {"apiKeyId": "a1b2c3", "apiKey": "GatewayKeyOfTwentyChars"}})";

TEST_F(gateway_identity_test, nobody_may_do_what_needs_a_role) {
    EXPECT_EQ(status({}), 401);
    EXPECT_EQ(post("{}", json_type).at("statusCode"), 401);
    EXPECT_EQ(post("null", json_type).at("statusCode"), 401);
}

TEST_F(gateway_identity_test, a_key_of_the_gateway_lets_a_site_post_and_no_more) {
    const auto posted = post(by_gateway_key, with_key("GatewayKeyOfTwentyChars"));
    EXPECT_EQ(posted.at("statusCode"), 201) << posted;
    EXPECT_TRUE(std::string_view(posted.at("body").as_string()).contains("\"verified\":false"));
    EXPECT_EQ(status({.context = by_gateway_key}), 403);
    // The same header without the gateway's word is a key that nobody knows.
    EXPECT_EQ(post("{}", with_key("GatewayKeyOfTwentyChars")).at("statusCode"), 401);
}

TEST_F(gateway_identity_test, keys_of_ours_hold_behind_a_gateway_too) {
    const auto moderator = key_of(role::moderator);
    EXPECT_EQ(status({.headers = with_key(moderator)}), 200);
    // One key may be known to both: the gateway counts it, and we know its role.
    EXPECT_EQ(status({.context = by_gateway_key, .headers = with_key(moderator)}), 200);
    auto unknown = moderator;
    unknown.back() = unknown.back() == 'x' ? 'y' : 'x';
    EXPECT_EQ(status({.context = by_gateway_key, .headers = with_key(unknown)}), 401);
}

TEST_F(gateway_identity_test, groups_of_the_user_pool_are_roles) {
    const auto as = [&](const std::string& groups) {
        return status(
            {.context =
                 claims(R"({"cognito:username": "zoe", "cognito:groups": ")" + groups + "\"}")}
        );
    };
    EXPECT_EQ(as("moderators"), 200);
    EXPECT_EQ(as("readers,admins"), 200);
    EXPECT_EQ(as("[readers moderators]"), 200);
    EXPECT_EQ(as("readers"), 403);
    EXPECT_EQ(as("moderators-of-others"), 403);
    EXPECT_EQ(as("Moderators"), 403);
    EXPECT_EQ(as(""), 403);
}

TEST_F(gateway_identity_test, the_audit_names_the_person) {
    const auto moderator = claims(R"({"cognito:username": "zoe", "cognito:groups": "moderators"})");
    EXPECT_EQ(
        status(
            {"PUT",
             "/moderation/sections",
             moderator,
             json_type,
             R"("{\"sectionId\":\"projets\",\"closed\":true}")"}
        ),
        200
    );
    const auto audit = ask({.path = "/moderation/audit", .context = moderator});
    EXPECT_TRUE(std::string_view(audit.at("body").as_string()).contains(R"("by":"user:zoe")"));
}

// In a pool where people sign in by address, the name is an id that says nothing to anybody.
TEST_F(gateway_identity_test, the_audit_knows_people_by_the_address_that_they_proved) {
    const auto named = [](const std::string& more) {
        const std::string own = R"({"cognito:username": "5f0c", "email": "zoe@example.org")";
        return name_for_audit(
            who_in(boost::json::parse(claims(own + more + "}")).as_object(), payload::v1)
        );
    };
    EXPECT_EQ(named(R"(, "email_verified": "true")"), "user:zoe@example.org");
    EXPECT_EQ(named(R"(, "email_verified": true)"), "user:zoe@example.org");
    EXPECT_EQ(named(R"(, "email_verified": "false")"), "user:5f0c");
    EXPECT_EQ(named(R"(, "email_verified": false)"), "user:5f0c");
    EXPECT_EQ(named(R"(, "email_verified": 1)"), "user:5f0c");
    EXPECT_EQ(named(""), "user:5f0c");
}

TEST_F(gateway_identity_test, comments_of_people_who_are_signed_in_are_verified) {
    const auto reader = claims(R"({"cognito:username": "zoe"})");
    const auto posted = post(reader, json_type);
    EXPECT_EQ(posted.at("statusCode"), 201);
    EXPECT_TRUE(std::string_view(posted.at("body").as_string()).contains("\"verified\":true"));
    // Together with a key of ours the person stays known.
    const auto both = post(reader, with_key(key_of(role::site)));
    EXPECT_TRUE(std::string_view(both.at("body").as_string()).contains("\"verified\":true"));
}

// What a client can write stands in headers, parameters and the body, and is believed nowhere.
TEST_F(gateway_identity_test, nobody_makes_claims_of_their_own) {
    const std::string forged =
        R"({"content-type":"application/json","cognito:groups":"admins","authorizer":"admins",
            "x-amzn-oidc-data":"e30","requestContext":"{\"authorizer\":{}}"})";
    EXPECT_EQ(status({.headers = forged}), 401);
    EXPECT_EQ(
        status({.context = R"({"claims": {"cognito:username": "eve", "cognito:groups": "admins"},
                "identity": {"claims": {"cognito:groups": "admins"}},
                "authorizer": {"cognito:username": "eve", "cognito:groups": "admins"}})"}),
        401
    );
    const std::string beside =
        R"({"httpMethod":"GET","path":"/moderation/commentaires","authorizer":{"claims":
            {"cognito:username":"eve","cognito:groups":"admins"}},
            "body":"{\"requestContext\":{\"authorizer\":{\"claims\":{\"cognito:groups\":\"admins\"}}}}"})";
    EXPECT_EQ(boost::json::parse(answer_event(*app_, beside, {}).json).at("statusCode"), 401);
}

TEST_F(gateway_identity_test, an_http_api_has_claims_in_its_jwt_authorizer) {
    const auto ask_v2 = [&](const std::string& authorizer) {
        const std::string event =
            R"({"version":"2.0","rawPath":"/moderation/commentaires","rawQueryString":"",
                "requestContext":{"stage":"$default","http":{"method":"GET"},"authorizer":)" +
            authorizer + "}}";
        return boost::json::parse(answer_event(*app_, event, {}).json).at("statusCode").as_int64();
    };
    EXPECT_EQ(
        ask_v2(R"({"jwt":{"claims":{"username":"zoe","cognito:groups":"[moderators]"}}})"), 200
    );
    EXPECT_EQ(ask_v2(R"({"claims":{"username":"zoe","cognito:groups":"moderators"}})"), 401);
    EXPECT_EQ(ask_v2(R"({"iam":{"userArn":"arn:aws:iam::1:user/admins"}})"), 401);
}

}  // namespace
}  // namespace palabre::lambda
