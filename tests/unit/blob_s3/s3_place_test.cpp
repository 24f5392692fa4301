// SPDX-License-Identifier: Apache-2.0
#include "blob/s3/s3_place.hpp"

#include "unit/aws/among.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace palabre::blob {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

TEST(s3_place, is_read_from_a_url_and_written_as_one) {
    EXPECT_EQ(parse_s3_url("s3://some-bucket"), (s3_place{"some-bucket", ""}));
    EXPECT_EQ(parse_s3_url("s3://some-bucket/"), (s3_place{"some-bucket", ""}));
    EXPECT_EQ(parse_s3_url("s3://some.bucket/a/b/"), (s3_place{"some.bucket", "a/b/"}));
    EXPECT_EQ(to_url({"some-bucket", "a/b/"}), "s3://some-bucket/a/b");
    EXPECT_EQ(to_url({"some-bucket", ""}), "s3://some-bucket");
    EXPECT_TRUE(is_s3_url("s3://"));
    EXPECT_FALSE(is_s3_url("/var/backups/s3://"));
}

TEST(s3_place, is_refused_with_a_sentence) {
    for (const char* url :
         {"s3://",
          "s3:///a",
          "s3://ab",
          "s3://Bucket",
          "s3://-bucket",
          "s3://bucket/a//b",
          "s3://bucket/../b",
          "s3://bucket/a b",
          "/folder"}) {
        EXPECT_THAT(
            [&] { static_cast<void>(parse_s3_url(url)); },
            ThrowsMessage<std::runtime_error>(HasSubstr("write s3://bucket or"))
        ) << url;
    }
    EXPECT_THROW(
        static_cast<void>(parse_s3_url("s3://" + std::string(64, 'a'))), std::runtime_error
    );
}

TEST(s3_service, puts_the_bucket_into_the_host_or_the_path) {
    const auto aws = aws::among({{"AWS_REGION", "eu-west-3"}});
    EXPECT_EQ(s3_service("comments", aws).where.host, "comments.s3.eu-west-3.amazonaws.com");
    EXPECT_EQ(s3_service("comments", aws).where.base_path, "");
    EXPECT_EQ(s3_service("com.ments", aws).where.host, "s3.eu-west-3.amazonaws.com");
    EXPECT_EQ(s3_service("com.ments", aws).where.base_path, "/com.ments");
    for (const char* variable : {"AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"}) {
        const auto own =
            aws::among({{"AWS_REGION", "garage"}, {variable, "http://localhost:3900/s3/"}});
        EXPECT_EQ(
            s3_service("comments", own).where,
            (aws::endpoint{false, "localhost", 3900, "/s3/comments"})
        );
    }
}

}  // namespace
}  // namespace palabre::blob
