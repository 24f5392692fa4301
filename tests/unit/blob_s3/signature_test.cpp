// SPDX-License-Identifier: Apache-2.0
// moto computes the signature of every request by itself: ours are right, and others are refused.
#include "ports/blob_store.hpp"
#include "support/moto_server.hpp"
#include "support/s3_ground.hpp"
#include "unit/aws/among.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace palabre::blob {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;
using environment = std::map<std::string, std::string>;

environment with_wrong_secret() {
    auto made = test::moto().owner();
    made["AWS_SECRET_ACCESS_KEY"].back() ^= 1;
    return made;
}

struct json_call {
    std::string service;
    std::string content_type;
    std::string target;
    std::string body;
};

aws::response ask(const json_call& what, const environment& who) {
    const auto variables = aws::among(who);
    aws::trust roots(variables);
    const auto world = test::hurried_world();
    aws::credential_source source(variables, world.now, roots);
    const auto region = aws::region_of(variables);
    aws::client client(
        {aws::endpoint_of(what.service, region, variables),
         {.region = region, .service = what.service},
         aws::usual_rules,
         aws::json_error_code},
        source,
        roots,
        world
    );
    aws::request asked;
    asked.headers = {{"Content-Type", what.content_type}, {"X-Amz-Target", what.target}};
    asked.body = what.body;
    return client.call(asked, bucket::usual_deadlines()());
}

TEST(signatures, of_ours_are_accepted_and_wrong_ones_refused_by_json_services) {
    for (const auto& each :
         {json_call{"dynamodb", "application/x-amz-json-1.0", "DynamoDB_20120810.ListTables", "{}"},
          json_call{
              "ssm",
              "application/x-amz-json-1.1",
              "AmazonSSM.GetParametersByPath",
              R"({"Path":"/palabre","WithDecryption":true})"
          }}) {
        const auto accepted = ask(each, test::moto().owner());
        EXPECT_EQ(accepted.status, 200U) << each.service << ": " << accepted.body;
        const auto refused = ask(each, with_wrong_secret());
        EXPECT_GE(refused.status, 400U) << each.service;
        EXPECT_THAT(refused.body, HasSubstr("SignatureDoesNotMatch")) << each.service;
    }
}

TEST(signatures, of_ours_are_accepted_and_wrong_ones_refused_by_s3) {
    const auto name = test::make_bucket();
    test::s3_ground ours(test::moto().owner(), name);
    ours.bucket().put("a ~b/$&+,=@é.%41", "x", 0x8cdc1683U);
    EXPECT_EQ(ours.bucket().list("a ~", "", 10).objects.size(), 1U);

    test::s3_ground wrong(with_wrong_secret(), name);
    const auto refused = ThrowsMessage<blob_error>(HasSubstr("does not know these credentials"));
    EXPECT_THAT([&] { wrong.bucket().put("b", "x", 0x8cdc1683U); }, refused);
    EXPECT_THAT([&] { static_cast<void>(wrong.bucket().list("", "", 10)); }, refused);
    EXPECT_THAT([&] { static_cast<void>(wrong.bucket().get("a", 0, 1, "")); }, refused);
    EXPECT_EQ(ours.bucket().list("", "", 10).objects.size(), 1U);
}

TEST(s3_errors, say_what_to_do) {
    const auto name = test::make_bucket();
    test::s3_ground stranger(test::moto().stranger(), name);
    const auto denied = [&](const std::string& right) {
        return ThrowsMessage<blob_error>(
            HasSubstr("access to the bucket " + name + " is denied; this needs " + right)
        );
    };
    EXPECT_THAT([&] { stranger.bucket().put("b", "x", 0x8cdc1683U); }, denied("s3:PutObject"));
    EXPECT_THAT(
        [&] { static_cast<void>(stranger.bucket().list("", "", 10)); }, denied("s3:ListBucket")
    );
    EXPECT_THAT([&] { stranger.bucket().remove("b"); }, denied("s3:DeleteObject"));
    EXPECT_THAT([&] { static_cast<void>(stranger.bucket().head("b")); }, denied("s3:GetObject"));
    test::s3_ground nowhere(test::moto().owner(), "no-such-bucket");
    const auto missing = ThrowsMessage<blob_error>(HasSubstr("there is no bucket no-such-bucket"));
    EXPECT_THAT([&] { nowhere.bucket().put("b", "x", 0x8cdc1683U); }, missing);
    EXPECT_THAT([&] { static_cast<void>(nowhere.bucket().list("", "", 10)); }, missing);
    EXPECT_THAT([&] { static_cast<void>(nowhere.bucket().get("a", 0, 1, "")); }, missing);

    auto alone = test::moto().owner();
    alone.erase("AWS_ACCESS_KEY_ID");
    test::s3_ground nobody(alone, name);
    EXPECT_THAT(
        [&] { nobody.bucket().put("b", "x", 0x8cdc1683U); },
        ThrowsMessage<blob_error>(HasSubstr("AWS_ACCESS_KEY_ID"))
    );
}

}  // namespace
}  // namespace palabre::blob
