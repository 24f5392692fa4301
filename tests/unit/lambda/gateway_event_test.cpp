// SPDX-License-Identifier: Apache-2.0
#include "runtime/lambda/gateway_event.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace palabre::lambda {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const event_options usual;

// A REST API's event, with these members more.
std::string rest(const std::string& more) {
    return R"({"httpMethod": "GET", "resource": "/commentaires", "path": "/commentaires")" +
           (more.empty() ? "" : ", " + more) + "}";
}

std::string path_of(const std::string& json) {
    return std::string(gateway_event(json, usual).request().path);
}

std::string client_of(const std::string& json, const event_options& how = usual) {
    return to_string(gateway_event(json, how).request().client);
}

TEST(gateway_event, is_a_request_like_any_other) {
    const gateway_event event(
        R"({
            "resource": "/commentaires", "path": "/commentaires", "httpMethod": "POST",
            "headers": {"Content-Type": "application/json", "X-Api-Key": "k"},
            "multiValueHeaders": {"Content-Type": ["application/json"], "X-Api-Key": ["k"],
                "Accept-Encoding": ["br"], "Forwarded": ["for=a", "for=b"]},
            "queryStringParameters": null, "multiValueQueryStringParameters": null,
            "pathParameters": null, "stageVariables": null,
            "requestContext": {"requestId": "c6af9ac6-7b61", "domainName": "api.example",
                "stage": "prod", "identity": {"sourceIp": "192.0.2.7", "userAgent": null}},
            "body": "{\"author\":\"Zoé\"}", "isBase64Encoded": false
        })",
        usual
    );
    const http::request asked = event.request();
    EXPECT_EQ(event.format(), payload::v1);
    EXPECT_EQ(asked.verb, http::method::post);
    EXPECT_EQ(asked.path, "/commentaires");
    EXPECT_EQ(asked.query, "");
    EXPECT_EQ(asked.header("content-type"), "application/json");
    EXPECT_EQ(asked.header("X-API-KEY"), "k");
    EXPECT_EQ(asked.header("forwarded"), "for=a");
    EXPECT_EQ(asked.header("accept-encoding"), std::nullopt) << "the gateway compresses";
    EXPECT_EQ(asked.headers.size(), 4U);
    EXPECT_EQ(asked.body, "{\"author\":\"Zoé\"}");
    EXPECT_EQ(asked.host, "api.example");
    EXPECT_EQ(asked.request_id, "c6af9ac6-7b61");
    EXPECT_EQ(to_string(asked.client), "192.0.2.7");
    EXPECT_TRUE(asked.secure);
    EXPECT_EQ(event.who(), gateway_identity{});
    EXPECT_FALSE(asked.vouched);
}

TEST(gateway_event, of_an_http_api_is_the_same_request) {
    const gateway_event event(
        R"({
            "version": "2.0", "routeKey": "$default", "rawPath": "/prod/commentaires",
            "rawQueryString": "sectionId=a%20b&limit=2", "cookies": ["a=1"],
            "headers": {"origin": "https://a.example"},
            "requestContext": {"stage": "prod", "requestId": "r", "domainName": "d.example",
                "http": {"method": "GET", "path": "/prod/commentaires", "sourceIp": "2001:db8::1"}},
            "isBase64Encoded": false
        })",
        usual
    );
    const http::request asked = event.request();
    EXPECT_EQ(event.format(), payload::v2);
    EXPECT_EQ(asked.verb, http::method::get);
    EXPECT_EQ(asked.path, "/commentaires");
    EXPECT_EQ(asked.query, "sectionId=a%20b&limit=2");
    EXPECT_EQ(asked.header("origin"), "https://a.example");
    EXPECT_EQ(to_string(asked.client), "2001:db8::1");
}

TEST(gateway_event, finds_its_path_behind_stages_and_base_paths) {
    const auto routed = [](const char* resource, const char* path, const char* parameters) {
        return path_of(
            std::string(R"({"httpMethod":"GET","resource":")") + resource + R"(","path":")" + path +
            R"(","pathParameters":)" + parameters + "}"
        );
    };
    EXPECT_EQ(routed("/health", "/blog/health", "null"), "/health") << "of a custom domain";
    EXPECT_EQ(routed("/{proxy+}", "/blog/a/b", R"({"proxy":"a/b"})"), "/a/b");
    EXPECT_EQ(
        routed("/commentaires/{id}", "/x/commentaires/1 é", R"({"id":"1 é/2"})"),
        "/commentaires/1%20%C3%A9%2F2"
    );
    EXPECT_EQ(routed("/commentaires/{id}", "/commentaires/1", "null"), "/commentaires/1");
    EXPECT_EQ(routed("$default", "/commentaires", "null"), "/commentaires");
    const auto raw = [](const char* path, const char* stage) {
        return path_of(
            std::string(R"({"version":"2.0","rawPath":")") + path +
            R"(","requestContext":{"stage":")" + stage + R"(","http":{"method":"GET"}}})"
        );
    };
    EXPECT_EQ(raw("/prod/health", "prod"), "/health");
    EXPECT_EQ(raw("/prod", "prod"), "/");
    EXPECT_EQ(raw("/production/health", "prod"), "/production/health");
    EXPECT_EQ(raw("/health", "$default"), "/health");
}

TEST(gateway_event, encodes_the_parameters_that_a_rest_api_decoded) {
    const gateway_event many(
        rest(R"("multiValueQueryStringParameters": {"sectionId": ["a b", "é&=+"], "limit": ["2"]},
                "queryStringParameters": {"sectionId": "é&=+", "limit": "2"})"),
        usual
    );
    EXPECT_EQ(many.request().query, "sectionId=a%20b&sectionId=%C3%A9%26%3D%2B&limit=2");
    const gateway_event single(rest(R"("queryStringParameters": {"sectionId": "a/b"})"), usual);
    EXPECT_EQ(single.request().query, "sectionId=a%2Fb");
}

TEST(gateway_event, decodes_a_body_that_came_as_base64) {
    const auto body = [](const char* text) {
        return rest(std::string(R"("isBase64Encoded": true, "body": ")") + text + "\"");
    };
    EXPECT_EQ(gateway_event(body("eyJhIjoiw6kifQ=="), usual).request().body, "{\"a\":\"é\"}");
    EXPECT_EQ(gateway_event(body("//79"), usual).request().body, "\xff\xfe\xfd");
    EXPECT_EQ(gateway_event(body(""), usual).request().body, "");
    for (const char* bad : {"a", "a===", "__79", "a b=", "é"}) {
        const gateway_event event(body(bad), usual);
        EXPECT_TRUE(event.has_bad_body()) << bad;
        EXPECT_EQ(event.request().body, "");
    }
}

TEST(gateway_event, knows_the_client_from_the_gateway_or_from_whom_it_is_told_to_believe) {
    const auto from = [](const std::string& ip) {
        return rest(R"("requestContext": {"identity": {"sourceIp": ")" + ip + R"("}},
            "multiValueHeaders": {"CloudFront-Viewer-Address": ["198.51.100.9:443"]})");
    };
    EXPECT_EQ(client_of(from("192.0.2.1")), "192.0.2.1");
    EXPECT_EQ(client_of(from("192.0.2.1/32")), "192.0.2.1");
    EXPECT_EQ(client_of(from("192.0.2.1"), {"cloudfront-viewer-address"}), "198.51.100.9");
    EXPECT_EQ(client_of(from("nobody")), client_of(rest(""))) << "unknown";
    const auto by_cloudfront = [](const std::string& address) {
        return client_of(
            rest(R"("headers": {"CloudFront-Viewer-Address": ")" + address + "\"}"),
            {"cloudfront-viewer-address"}
        );
    };
    EXPECT_EQ(by_cloudfront("[2001:db8::1]:443"), "2001:db8::1");
}

TEST(gateway_event, says_who_is_signed_in) {
    const auto claims = [](const std::string& of) {
        return gateway_event(
                   rest(R"("requestContext": {"authorizer": {"claims": )" + of + "}}"), usual
        )
            .who()
            .person;
    };
    EXPECT_EQ(claims("null"), signed_in{});
    EXPECT_EQ(
        claims(R"({"cognito:username": "zoe", "sub": "1", "cognito:groups": "moderators,admins"})"),
        (signed_in{"zoe", {"moderators", "admins"}})
    );
    EXPECT_EQ(
        claims(R"({"sub": "1", "cognito:groups": "[moderators admins]"})"),
        (signed_in{"1", {"moderators", "admins"}})
    );
    EXPECT_EQ(
        claims(R"({"sub": "1", "email": "z@a.example", "email_verified": "true"})"),
        (signed_in{"z@a.example", {}})
    );
    EXPECT_EQ(claims(R"({"email": "z@a.example"})"), signed_in{}) << "anybody can claim one";
    EXPECT_EQ(claims(R"({"cognito:groups": "admins"})"), signed_in{}) << "nobody in particular";
    const gateway_event second(
        R"({"version": "2.0", "rawPath": "/", "requestContext": {"http": {"method": "GET"},
            "authorizer": {"jwt": {"claims": {"username": "zoe", "cognito:groups": ["a", "b"]}}}}})",
        usual
    );
    EXPECT_EQ(second.who().person, (signed_in{"zoe", {"a", "b"}}));
}

TEST(gateway_event, is_refused_when_it_is_something_else) {
    const auto complaint = [](const char* json) -> std::string {
        try {
            const gateway_event event(json, usual);
        } catch (const event_error& error) {
            return error.what();
        }
        return "none";
    };
    EXPECT_THAT(complaint(""), HasSubstr("no JSON"));
    EXPECT_THAT(complaint("[]"), HasSubstr("no JSON object"));
    EXPECT_THAT(complaint("{}"), HasSubstr("is it an HTTP request"));
    EXPECT_THAT(complaint(R"({"source": "aws.events", "detail": {}})"), HasSubstr("HTTP request"));
    EXPECT_THAT(complaint(R"({"version": "2.0", "rawPath": 7})"), HasSubstr("none"));
}

TEST(gateway_event, takes_any_member_for_empty_that_has_another_type) {
    const gateway_event event(
        rest(R"("headers": 7, "multiValueHeaders": {"a": "b", "c": [1, "d"]}, "body": {},
                "isBase64Encoded": "yes", "requestContext": [], "pathParameters": "x",
                "multiValueQueryStringParameters": [])"),
        usual
    );
    const http::request asked = event.request();
    EXPECT_EQ(asked.header("c"), "d");
    EXPECT_EQ(asked.headers.size(), 1U);
    EXPECT_EQ(asked.body, "");
    EXPECT_EQ(asked.query, "");
}

TEST(gateway_event, takes_the_published_ones) {
    namespace fs = std::filesystem;
    const fs::path folder =
        fs::path(PALABRE_SOURCE_DIR) / ".." / "shared" / "data" / "lambda-events";
    if (!fs::is_directory(folder)) GTEST_SKIP() << "the published events are not at hand";
    int taken = 0;
    for (const auto& entry : fs::directory_iterator(folder)) {
        std::ifstream in(entry.path());
        const std::string json{std::istreambuf_iterator<char>(in), {}};
        SCOPED_TRACE(entry.path().filename().string());
        if (entry.path().filename() == "eventBridgeEvent.json") {
            EXPECT_THROW(gateway_event(json, usual), event_error);
            continue;
        }
        const gateway_event event(json, usual);
        const http::request asked = event.request();
        EXPECT_NE(asked.verb, http::method::other);
        EXPECT_TRUE(asked.path.starts_with('/') && asked.path.size() > 1) << asked.path;
        EXPECT_FALSE(asked.path.ends_with('/'));
        ++taken;
    }
    EXPECT_EQ(taken, 7);
}

}  // namespace
}  // namespace palabre::lambda
