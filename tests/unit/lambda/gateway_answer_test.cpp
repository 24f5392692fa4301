// SPDX-License-Identifier: Apache-2.0
#include "runtime/lambda/gateway_answer.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include <memory>

namespace palabre::lambda {
namespace {

http::request asked_by(http::method verb) {
    http::request asked;
    asked.verb = verb;
    asked.request_id = "the-id";
    return asked;
}

http::response some_answer() {
    http::response answer;
    answer.status = 201;
    answer.set("content-type", "application/json");
    answer.set("vary", "origin");
    answer.set("vary", "accept");
    answer.body = std::string("{\"author\":\"Zoé \\\"\\n\"}");
    return answer;
}

boost::json::value made(const http::response& answer, payload format, http::method verb) {
    return boost::json::parse(gateway_answer(answer, asked_by(verb), format));
}

TEST(gateway_answer, has_the_shape_that_a_rest_api_wants) {
    const auto json = made(some_answer(), payload::v1, http::method::post);
    EXPECT_EQ(json, boost::json::parse(R"({
        "statusCode": 201,
        "multiValueHeaders": {"content-type": ["application/json"],
            "vary": ["origin", "accept"], "x-request-id": ["the-id"]},
        "isBase64Encoded": false,
        "body": "{\"author\":\"Zoé \\\"\\n\"}"
    })"));
}

TEST(gateway_answer, has_the_shape_that_an_http_api_wants) {
    const auto json = made(some_answer(), payload::v2, http::method::post);
    EXPECT_EQ(json.at("headers"), boost::json::parse(R"({
        "content-type": "application/json", "vary": "origin, accept", "x-request-id": "the-id"
    })"));
    EXPECT_EQ(json.at("statusCode"), 201);
    EXPECT_FALSE(json.as_object().contains("multiValueHeaders"));
}

TEST(gateway_answer, has_no_body_where_http_has_none) {
    EXPECT_EQ(made(some_answer(), payload::v1, http::method::head).at("body"), "");
    for (const unsigned status : {204U, 304U}) {
        auto answer = some_answer();
        answer.status = status;
        EXPECT_EQ(made(answer, payload::v1, http::method::get).at("body"), "") << status;
    }
}

TEST(gateway_answer, sends_bytes_that_are_no_text_as_base64) {
    auto answer = some_answer();
    answer.body = http::shared_bytes{nullptr, std::string_view("\xff\x00\xfe\xfb", 4)};
    const auto json = made(answer, payload::v1, http::method::get);
    EXPECT_EQ(json.at("isBase64Encoded"), true);
    EXPECT_EQ(json.at("body"), "/wD++w==");
    const auto kept = std::make_shared<const std::string>("a page");
    answer.body = http::shared_bytes{kept, *kept};
    EXPECT_EQ(made(answer, payload::v2, http::method::get).at("body"), "a page");
}

TEST(gateway_answer, lets_nobody_write_headers_through_a_value) {
    auto answer = some_answer();
    answer.headers.clear();
    answer.set("location", "/a\r\nset-cookie: b");
    answer.set("link", std::string("a\0b", 3));
    const auto json = made(answer, payload::v1, http::method::get);
    EXPECT_EQ(json.at("multiValueHeaders"), boost::json::parse(R"({"x-request-id": ["the-id"]})"));
}

}  // namespace
}  // namespace palabre::lambda
