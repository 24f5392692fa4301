// SPDX-License-Identifier: Apache-2.0
#include "aws/credential_places.hpp"
#include "support/temporary_folder.hpp"
#include "unit/aws/among.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <stdexcept>

namespace palabre::aws {
namespace {

using ::testing::HasSubstr;

std::string complaint(const auto& work) {
    try {
        work();
    } catch (const std::runtime_error& error) {
        return error.what();
    }
    return "none";
}

TEST(credentials, come_from_the_environment) {
    EXPECT_FALSE(credentials_of(among({})));
    EXPECT_FALSE(credentials_of(among({{"AWS_ACCESS_KEY_ID", "AKID"}})));
    EXPECT_FALSE(credentials_of(among({{"AWS_ACCESS_KEY_ID", "AKID"}, {"AWS_SECRET_ACCESS_KEY", ""}}
    )));
    EXPECT_EQ(
        credentials_of(among(
            {{"AWS_ACCESS_KEY_ID", "AKID"},
             {"AWS_SECRET_ACCESS_KEY", "secret"},
             {"AWS_SESSION_TOKEN", "token"}}
        )),
        (credentials{"AKID", "secret", "token", {}})
    );
}

constexpr std::string_view file =
    "# written by hand\n"
    "[default]\r\n"
    "aws_access_key_id = AKID\r\n"
    "aws_secret_access_key=se/cr+et=\n"
    "\n"
    "[ work ]\n"
    "; for a while\n"
    "aws_access_key_id     = ASIA\n"
    "aws_secret_access_key = other\n"
    "aws_session_token     = token==\n"
    "region = eu-west-3\n"
    "[half]\n"
    "aws_access_key_id = AKID\n";

TEST(credentials, come_from_a_profile) {
    EXPECT_EQ(credentials_in(file, "default"), (credentials{"AKID", "se/cr+et=", "", {}}));
    EXPECT_EQ(credentials_in(file, "work"), (credentials{"ASIA", "other", "token==", {}}));
    EXPECT_FALSE(credentials_in(file, "nobody"));
    EXPECT_FALSE(credentials_in("", "default"));
    EXPECT_EQ(
        complaint([] { static_cast<void>(credentials_in(file, "half")); }),
        "the profile half has no aws_secret_access_key"
    );
}

TEST(credentials, lie_where_the_command_line_puts_them) {
    const auto usual = profile_place_of(among({{"HOME", "/srv/zoe"}}));
    EXPECT_EQ(usual.file, "/srv/zoe/.aws/credentials");
    EXPECT_EQ(usual.profile, "default");
    const auto chosen = profile_place_of(
        among({{"AWS_SHARED_CREDENTIALS_FILE", "/etc/keys"}, {"AWS_PROFILE", "work"}})
    );
    EXPECT_EQ(chosen.file, "/etc/keys");
    EXPECT_EQ(chosen.profile, "work");
    EXPECT_TRUE(profile_place_of(among({})).file.empty());
}

TEST(credentials, of_a_container_are_asked_for_at_few_places) {
    const auto url_of = [](const std::string& full) {
        return container_place_of(among({{"AWS_CONTAINER_CREDENTIALS_FULL_URI", full}}))
            .value_or(container_place{})
            .url;
    };
    EXPECT_FALSE(container_place_of(among({})));
    const auto relative =
        container_place_of(among({{"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/v2/credentials/x"}})
        );
    EXPECT_EQ(relative.value_or(container_place{}).url, "http://169.254.170.2/v2/credentials/x");
    for (const char* fine :
         {"http://localhost:1234/x",
          "http://127.0.0.1/x",
          "http://[::1]:80/x",
          "http://169.254.170.23/v1/credentials",
          "http://[fd00:ec2::23]/v1/credentials",
          "https://anywhere.example/x"})
        EXPECT_EQ(url_of(fine), fine);
    for (const char* bad :
         {"http://169.254.169.254/x",
          "http://example.org/x",
          "http://127.0.0.1.example.org/x",
          "http://localhost@example.org/x",
          "ftp://localhost/x",
          "/x"})
        EXPECT_THAT(complaint([&] { url_of(bad); }), HasSubstr("must be https")) << bad;
}

TEST(credentials, of_a_container_need_its_token) {
    const test::temporary_folder folder;
    const std::string token = folder.write("token", "from the file\n");
    std::map<std::string, std::string> set{
        {"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/x"},
        {"AWS_CONTAINER_AUTHORIZATION_TOKEN", "from the variable"},
    };
    const auto token_in = [](const auto& from) {
        return container_place_of(among(from)).value_or(container_place{}).authorization;
    };
    EXPECT_EQ(token_in(set), "from the variable");
    set["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] = token;
    EXPECT_EQ(token_in(set), "from the file");
    set["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] = folder.write("bad", "two\nlines");
    EXPECT_THAT(
        complaint([&] { static_cast<void>(container_place_of(among(set))); }),
        HasSubstr("line break")
    );
    set["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] = (folder.path() / "none").string();
    EXPECT_THAT(
        complaint([&] { static_cast<void>(container_place_of(among(set))); }),
        HasSubstr("cannot be read")
    );
}

TEST(credentials, of_a_container_are_json) {
    EXPECT_EQ(
        credentials_in_json(R"({"AccessKeyId": "ASIA", "SecretAccessKey": "s", "Token": "t",
            "Expiration": "2026-11-23T01:00:00Z", "RoleArn": "ignored"})"),
        (credentials{"ASIA", "s", "t", parse_rfc3339("2026-11-23T01:00:00Z")})
    );
    for (const char* bad :
         {"",
          "[]",
          "{",
          R"({"AccessKeyId": "A"})",
          R"({"AccessKeyId": 1, "SecretAccessKey": "s"})",
          R"({"AccessKeyId": "A", "SecretAccessKey": "s", "Expiration": "soon"})"}) {
        EXPECT_THAT(
            complaint([&] { static_cast<void>(credentials_in_json(bad)); }),
            HasSubstr("the answer with credentials")
        ) << bad;
    }
}

}  // namespace
}  // namespace palabre::aws
