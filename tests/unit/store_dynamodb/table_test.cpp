// SPDX-License-Identifier: Apache-2.0
#include "store/dynamodb/table.hpp"

#include "contract/comment_store/vocabulary.hpp"
#include "store/dynamodb/errors.hpp"
#include "store/dynamodb/service.hpp"
#include "unit/aws/scripted_server.hpp"
#include "unit/store_dynamodb/dynamodb_ground.hpp"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace palabre::store {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string text(const boost::json::value& of) {
    return std::string(of.as_string());
}

// What check() of a store over this client says; "fine" when it says nothing.
std::string complaint(aws::client& service, std::string table) {
    const contract::manual_clock clock;
    dynamodb_store store(service, clock, {std::move(table), nullptr, test::soon});
    try {
        store.check();
    } catch (const store_error& error) {
        return error.what();
    }
    return "fine";
}

TEST(table, is_made_as_its_header_says) {
    test::dynamodb_ground ground;
    const auto described =
        boost::json::parse(ground.ask("DescribeTable", R"({"TableName":"TABLE"})"));
    const auto& table = described.at("Table");
    EXPECT_EQ(text(table.at("KeySchema").at(0).at("AttributeName")), "id");
    std::map<std::string, std::string> indexes;
    for (const auto& each : table.at("GlobalSecondaryIndexes").as_array()) {
        const auto& key = each.at("KeySchema").as_array();
        indexes[text(each.at("IndexName"))] = text(key.at(0).at("AttributeName")) + "+" +
                                              text(key.at(1).at("AttributeName")) + " " +
                                              text(each.at("Projection").at("ProjectionType"));
    }
    const std::map<std::string, std::string> expected{
        {"sectionId-timestamp-index", "sectionId+timestamp ALL"},
        {"queue-timestamp-index", "queue+timestamp ALL"},
    };
    EXPECT_EQ(indexes, expected);
    const auto lives = ground.ask("DescribeTimeToLive", R"({"TableName":"TABLE"})");
    EXPECT_THAT(lives, HasSubstr(R"("AttributeName":"expires")"));
    EXPECT_THAT(lives, HasSubstr("ENABLED"));
}

TEST(table, is_made_once) {
    test::dynamodb_ground ground;
    try {
        create_dynamodb_table(ground.client(), ground.table(), test::soon());
        FAIL();
    } catch (const store_error& error) {
        EXPECT_THAT(error.what(), HasSubstr("there is a table " + ground.table() + " already"));
    }
}

TEST(table, that_is_not_there_is_missed_by_name) {
    test::dynamodb_ground ground;
    EXPECT_EQ(complaint(ground.client(), ground.table()), "fine");
    EXPECT_THAT(
        complaint(ground.client(), "elsewhere"),
        HasSubstr("there is no table elsewhere in this region")
    );
}

// Of every error that its owner can do something about, it is said what.
TEST(error_sentences, say_what_to_do) {
    const auto of = [](std::string_view code) { return dynamodb::sentence_about(code, "m", "T"); };
    EXPECT_THAT(of("ResourceNotFoundException"), HasSubstr("there is no table T"));
    EXPECT_THAT(of("AccessDeniedException"), HasSubstr("the table T is denied: give the role"));
    EXPECT_THAT(of("UnrecognizedClientException"), HasSubstr("check AWS_ACCESS_KEY_ID"));
    EXPECT_THAT(of("ExpiredTokenException"), HasSubstr("log in again"));
    EXPECT_THAT(of("ProvisionedThroughputExceededException"), HasSubstr("raise its throughput"));
    EXPECT_EQ(of("New"), "DynamoDB did not do what it was asked (New: m)");
    EXPECT_THAT(of("New"), Not(HasSubstr("%")));
}

TEST(error_sentences, come_with_what_the_service_answered) {
    const auto answer = [](std::string_view status, const std::string& body) {
        return "HTTP/1.1 " + std::string(status) +
               " X\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    };
    const auto denied =
        answer("400", R"({"__type":"com.amazon.coral.service#AccessDeniedException","m":1})");
    const auto page = answer("200", "<html>");
    const auto stumbled = answer("502", "");
    test::scripted_server service({{{.answer = denied}, {.answer = page}, {.answer = stumbled}}});
    test::dynamodb_ground ground(service.where(), {1, std::chrono::milliseconds(1)});
    EXPECT_THAT(complaint(ground.client(), "T"), HasSubstr("the table T is denied"));
    EXPECT_THAT(complaint(ground.client(), "T"), HasSubstr("does not speak its JSON"));
    EXPECT_THAT(complaint(ground.client(), "T"), HasSubstr("status 502"));
}

TEST(error_sentences, come_when_nobody_answers) {
    aws::endpoint gone;
    {
        const test::scripted_server service({});
        gone = service.where();
    }
    test::dynamodb_ground ground(gone, {1, std::chrono::milliseconds(1)});
    EXPECT_THAT(complaint(ground.client(), "T"), HasSubstr("DynamoDB cannot be asked: "));
}

TEST(service, is_found_by_the_environment) {
    const auto environment = [](std::string_view name) -> std::optional<std::string> {
        if (name == "AWS_REGION") return "eu-west-3";
        if (name == "AWS_ENDPOINT_URL_DYNAMODB") return "http://127.0.0.1:8000";
        return std::nullopt;
    };
    EXPECT_EQ(dynamodb_service(environment).where, (aws::endpoint{false, "127.0.0.1", 8000, ""}));
    EXPECT_EQ(dynamodb_service(environment).scope.service, "dynamodb");
    EXPECT_EQ(dynamodb_service(environment).rules.attempts_max, 4U);
    const auto nothing = [](std::string_view) { return std::optional<std::string>(); };
    EXPECT_THROW(static_cast<void>(dynamodb_service(nothing)), std::runtime_error);
}

}  // namespace
}  // namespace palabre::store
