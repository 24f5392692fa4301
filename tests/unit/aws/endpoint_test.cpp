// SPDX-License-Identifier: Apache-2.0
#include "aws/endpoint.hpp"

#include "unit/aws/among.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <stdexcept>

namespace palabre::aws {
namespace {

TEST(endpoints, are_those_of_the_region) {
    EXPECT_EQ(
        endpoint_of("dynamodb", "eu-west-3", among({})),
        (endpoint{true, "dynamodb.eu-west-3.amazonaws.com", 443, ""})
    );
    EXPECT_EQ(endpoint_of("s3", "cn-north-1", among({})).host, "s3.cn-north-1.amazonaws.com.cn");
}

TEST(endpoints, can_be_chosen_for_one_service_or_for_all) {
    const auto chosen = among(
        {{"AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:8000"},
         {"AWS_ENDPOINT_URL", "https://cloud.example/aws/"}}
    );
    EXPECT_EQ(
        endpoint_of("dynamodb", "eu-west-3", chosen), (endpoint{false, "127.0.0.1", 8000, ""})
    );
    EXPECT_EQ(
        endpoint_of("ssm", "eu-west-3", chosen), (endpoint{true, "cloud.example", 443, "/aws"})
    );
}

TEST(endpoints, name_themselves_as_a_browser_would) {
    const auto header = [](std::string_view url) { return host_header(parse_endpoint(url, "it")); };
    EXPECT_EQ(header("https://a.example"), "a.example");
    EXPECT_EQ(header("https://a.example:443/"), "a.example");
    EXPECT_EQ(header("http://a.example:443"), "a.example:443");
    EXPECT_EQ(header("http://[::1]:8000/x"), "[::1]:8000");
    EXPECT_EQ(header("http://[::1]"), "[::1]");
}

TEST(endpoints, that_are_none_are_refused_by_name) {
    for (const char* bad :
         {"",
          "a.example",
          "ftp://a.example",
          "https://",
          "https://:80",
          "https://a:",
          "https://a:0",
          "https://a:70000",
          "https://a:8o",
          "https://[::1",
          "https://[::1]x",
          "https://u@a.example",
          "https://a/?x",
          "https://a/ b"}) {
        try {
            static_cast<void>(parse_endpoint(bad, "AWS_ENDPOINT_URL_S3"));
            FAIL() << bad;
        } catch (const std::runtime_error& error) {
            EXPECT_THAT(error.what(), ::testing::StartsWith("AWS_ENDPOINT_URL_S3 must be")) << bad;
            EXPECT_THAT(error.what(), ::testing::HasSubstr(std::string("\"") + bad + "\""));
        }
    }
}

TEST(regions, come_from_the_environment) {
    EXPECT_EQ(region_of(among({{"AWS_DEFAULT_REGION", "eu-west-1"}})), "eu-west-1");
    EXPECT_EQ(
        region_of(among({{"AWS_REGION", "eu-west-3"}, {"AWS_DEFAULT_REGION", "eu-west-1"}})),
        "eu-west-3"
    );
    EXPECT_THROW(static_cast<void>(region_of(among({}))), std::runtime_error);
}

}  // namespace
}  // namespace palabre::aws
