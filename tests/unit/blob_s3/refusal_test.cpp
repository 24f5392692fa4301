// SPDX-License-Identifier: Apache-2.0
#include "blob/s3/refusal.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace palabre::blob {
namespace {

using ::testing::HasSubstr;

std::string why(unsigned status, const std::string& inside) {
    aws::response answer;
    answer.status = status;
    if (!inside.empty()) answer.body = "<Error>" + inside + "</Error>";
    return why_refused(answer, {"b", "eu-west-3", "s3:PutObject"});
}

TEST(s3_refusal, names_what_the_call_needs_and_no_more) {
    const std::string plain = "access to the bucket b is denied; this needs s3:PutObject";
    EXPECT_EQ(why(403, "<Code>AccessDenied</Code><Message>Access Denied</Message>"), plain);
    EXPECT_EQ(why(403, ""), plain) << "the answer to HEAD has no body";
}

TEST(s3_refusal, passes_on_why_where_s3_says_it) {
    const std::string reason = "explicit deny in a resource-based policy";
    EXPECT_THAT(
        why(403, "<Code>AccessDenied</Code><Message>" + reason + "</Message>"),
        HasSubstr("s3:PutObject; S3 says: " + reason)
    );
    EXPECT_EQ(
        why(400, "<Code>New</Code><Message>of tomorrow</Message>"), "S3 says New: of tomorrow"
    );
    EXPECT_EQ(why(500, ""), "S3 answered with status 500");
}

TEST(s3_refusal, says_where_the_bucket_is) {
    EXPECT_THAT(
        why(301, "<Code>PermanentRedirect</Code><Region>us-east-1</Region>"),
        HasSubstr("set AWS_REGION=us-east-1")
    );
    EXPECT_EQ(why(404, "<Code>NoSuchBucket</Code>"), "there is no bucket b");
}

}  // namespace
}  // namespace palabre::blob
