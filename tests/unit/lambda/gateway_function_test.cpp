// SPDX-License-Identifier: Apache-2.0
#include "runtime/lambda/gateway_function.hpp"

#include "http/api.hpp"
#include "http/page_cache.hpp"
#include "store/memory/memory_store.hpp"
#include "support/fakes.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace palabre::lambda {
namespace {

class gateway_function : public testing::Test {
protected:
    gateway_function() {
        http::api_options options;
        options.contract_json = "{}";
        options.rules.key_required = false;
        app_ = std::make_unique<http::api>(
            options, http::api::ports{store_, store_, store_, clock_, ids_}, cache_
        );
    }
    boost::json::value ask(
        const std::string& method, const std::string& path, const std::string& more
    ) {
        const std::string event = R"({"httpMethod":")" + method + R"(","resource":")" + path +
                                  R"(","path":")" + path + R"(","multiValueHeaders":)" +
                                  R"({"Content-Type":["application/json"]})" + more + "}";
        return boost::json::parse(answer_event(*app_, event, {}).json);
    }

    test::fake_clock clock_;
    test::counting_ids ids_;
    http::page_cache cache_{1'000'000};
    store::memory_store store_{clock_, &cache_};
    std::unique_ptr<http::api> app_;
};

TEST_F(gateway_function, posts_and_lists_like_the_server) {
    const auto posted =
        ask("POST",
            "/commentaires",
            R"(,"body":"{\"sectionId\":\"projets\",\"author\":\"Zoé\",\"text\":\"Bonjour\"}")");
    EXPECT_EQ(posted.at("statusCode"), 201) << posted;
    const auto listed =
        ask("GET", "/commentaires", R"(,"queryStringParameters":{"sectionId":"projets"})");
    EXPECT_EQ(listed.at("statusCode"), 200);
    const auto page = boost::json::parse(listed.at("body").as_string());
    EXPECT_EQ(page.at("total"), 1);
    EXPECT_EQ(page.at("comments").at(0).at("author"), "Zoé");
}

TEST_F(gateway_function, explains_what_it_cannot_answer) {
    const auto unknown = ask("GET", "/nowhere", "");
    EXPECT_EQ(unknown.at("statusCode"), 404);
    const auto bad = ask("POST", "/commentaires", R"(,"isBase64Encoded":true,"body":"{}")");
    EXPECT_EQ(bad.at("statusCode"), 400);
    const auto problem = boost::json::parse(bad.at("body").as_string());
    EXPECT_EQ(problem.at("type"), "urn:palabre:problem:malformed-request");
    EXPECT_THROW(static_cast<void>(answer_event(*app_, "{}", {})), event_error);
}

TEST_F(gateway_function, takes_no_larger_body_than_the_server) {
    gateway_options how;
    how.body_bytes_max = 1000;
    const auto ask_with = [&](std::size_t bytes) {
        const std::string event =
            R"({"httpMethod":"POST","path":"/commentaires","headers":{"content-type":)"
            R"("application/json"},"body":")" +
            std::string(bytes, ' ') + "\"}";
        return answer_event(*app_, event, how);
    };
    EXPECT_EQ(ask_with(1000).status, 400U);
    const auto refused = ask_with(1001);
    EXPECT_EQ(refused.status, 413U);
    EXPECT_TRUE(refused.json.contains("body-too-large"));
}

TEST_F(gateway_function, tells_logs_and_metrics_what_was_asked) {
    const auto reply = answer_event(
        *app_,
        R"({"httpMethod":"GET","path":"/health","requestContext":{"requestId":"the-id",
            "identity":{"sourceIp":"192.0.2.7"}}})",
        {}
    );
    EXPECT_EQ(reply.request_id, "the-id");
    EXPECT_EQ(reply.client, "192.0.2.7");
    EXPECT_EQ(reply.method, "GET");
    EXPECT_EQ(reply.route, "GET /health");
    EXPECT_EQ(reply.status, 200U);
    EXPECT_GT(reply.body_bytes, 10U);
    const auto head = answer_event(*app_, R"({"httpMethod":"HEAD","path":"/nowhere"})", {});
    EXPECT_EQ(head.route, "other");
    EXPECT_EQ(head.body_bytes, 0U);
}

// A page of the longest comments would be refused by Lambda, and the reader would see a 502.
TEST_F(gateway_function, says_that_a_page_is_too_long_for_lambda) {
    class long_page final : public http::handler {
    public:
        std::optional<http::response> answer_at_once(const http::request&) override {
            return std::nullopt;
        }
        http::response handle(const http::request&) override {
            http::response answer;
            answer.body = std::string(bytes, 'x');
            return answer;
        }
        std::size_t bytes = 0;
    };
    long_page application;
    const std::string event = R"({"httpMethod":"GET","path":"/commentaires"})";
    application.bytes = 6'290'000;
    EXPECT_EQ(boost::json::parse(answer_event(application, event, {}).json).at("statusCode"), 200);
    application.bytes = 6'291'456;
    const auto refused = boost::json::parse(answer_event(application, event, {}).json);
    EXPECT_EQ(refused.at("statusCode"), 500);
    EXPECT_TRUE(std::string_view(refused.at("body").as_string()).contains("Ask for fewer"));
}

}  // namespace
}  // namespace palabre::lambda
