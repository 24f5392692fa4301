// SPDX-License-Identifier: Apache-2.0
#include "home/function/function_settings.hpp"

#include "config/schema.hpp"
#include "home/function/names.hpp"
#include "home/function/startup_error.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace palabre::function {
namespace {

using testing::HasSubstr;

constexpr std::string_view path = "/palabre/production/";
const std::string secret(32, 's');
using parameters = std::vector<stored_parameter>;

stored_parameter below(const std::string& rest, const std::string& value) {
    return {std::string(path) + rest, value};
}

std::string complaint(const parameters& given, const config::environment& variables) {
    try {
        static_cast<void>(read_function_settings(given, path, variables));
    } catch (const startup_error& error) {
        return error.what();
    }
    return "(none)";
}

TEST(function_settings, come_from_parameters_and_variables) {
    const auto made = read_function_settings(
        parameters{
            below("edit_secret", secret),
            below("moderation/links_max", "7"),
            below("posting/edit_minutes", "30"),
        },
        path,
        {{"PALABRE_PARAMETERS", std::string(path)},
         {"PALABRE_TABLE", "Comments"},
         {"PALABRE_CLIENT_HEADER", "CloudFront-Viewer-Address"},
         {"PALABRE_MODERATION_LINKS_MAX", "9"}}
    );
    EXPECT_EQ(made.edit_secret, secret);
    EXPECT_EQ(made.table, "Comments");
    EXPECT_EQ(made.client_header, "cloudfront-viewer-address");
    EXPECT_EQ(made.common.moderation.links_max, 9);
    EXPECT_EQ(made.common.posting.edit_minutes, 30);
}

TEST(function_settings, need_no_parameters) {
    const auto made = read_function_settings({}, {}, {{"PALABRE_EDIT_SECRET", secret}});
    EXPECT_EQ(made.edit_secret, secret);
    EXPECT_EQ(made.table, "");
    EXPECT_EQ(made.common, config::settings());
}

TEST(function_settings, say_which_secret_is_missing_and_what_to_do) {
    EXPECT_THAT(
        complaint({}, {}),
        HasSubstr("the parameter /palabre/production/edit_secret is missing: put at least 32 "
                  "random bytes")
    );
    EXPECT_THAT(complaint({below("edit_secret", "short")}, {}), HasSubstr("32 bytes at least"));
    EXPECT_THAT(complaint({below("edit_secret", "short")}, {}), Not(HasSubstr("\"short\"")));
    try {
        static_cast<void>(read_function_settings({}, {}, {}));
        FAIL() << "there is no secret";
    } catch (const startup_error& error) {
        EXPECT_THAT(error.what(), HasSubstr("PALABRE_EDIT_SECRET"));
        EXPECT_THAT(error.what(), HasSubstr("PALABRE_PARAMETERS"));
    }
}

TEST(function_settings, of_the_server_are_refused_with_the_reason) {
    struct row {
        std::string key, reason;
    };
    const row rows[] = {
        {"server/http", "API Gateway takes the requests"},
        {"tls/self_signed", "by ACM"},
        {"site/folder", "S3 and CloudFront serve the site"},
        {"limits/requests_burst", "AWS WAF"},
        {"store/folder", "PALABRE_TABLE"},
        {"cache/megabytes", "CloudFront keeps the pages"},
        {"metrics/listen", "CloudWatch"},
        {"log/destination", "CloudWatch"},
        {"backup/every_hours", "the function backup"},
    };
    for (const auto& [key, reason] : rows) {
        const auto told = complaint({below("edit_secret", secret), below(key, "1")}, {});
        EXPECT_THAT(told, HasSubstr("/palabre/production/" + key + " is a setting of the server"));
        EXPECT_THAT(told, HasSubstr(reason));
    }
    EXPECT_EQ(
        complaint({below("edit_secret", secret)}, {{"PALABRE_SERVER_HTTP", "127.0.0.1:80"}}),
        "PALABRE_SERVER_HTTP is a setting of the server: in a function, API Gateway takes the "
        "requests."
    );
}

// Whatever is not refused can be set, so that a new setting of the server is thought of here too.
TEST(function_settings, are_all_either_refused_or_taken) {
    std::vector<std::string> taken;
    for (const auto& known : config::schema()) {
        if (!reason_against(known).empty()) continue;
        taken.push_back(fmt::format("{}.{}", known.section, known.key));
    }
    EXPECT_THAT(taken, testing::Contains("server.max_body_kb"));
    EXPECT_THAT(taken, testing::Contains("limits.posts_per_minute"));
    for (const auto& name : taken) {
        EXPECT_THAT(
            name,
            testing::AnyOf(
                testing::StartsWith("comments."),
                testing::StartsWith("posting."),
                testing::StartsWith("moderation."),
                testing::StartsWith("limits."),
                "server.max_body_kb",
                "server.log_addresses"
            )
        );
    }
}

TEST(function_settings, tell_every_mistake_at_once) {
    const auto told = complaint(
        {below("moderation/links", "1"), below("server/http", "1")},
        {{"PALABRE_COMMENTS_PAGE_MAX", "x"}, {"PALABRE_CLIENT_HEADER", "a b"}, {"PALABRE_FOO", ""}}
    );
    EXPECT_EQ(std::ranges::count(told, '\n'), 5) << told;
}

}  // namespace
}  // namespace palabre::function
