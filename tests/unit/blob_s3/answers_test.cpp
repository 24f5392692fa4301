// SPDX-License-Identifier: Apache-2.0
#include "blob/s3/answers.hpp"

#include "ports/blob_store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace palabre::blob {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view page =
    R"(<?xml version="1.0" encoding="UTF-8"?>
<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>b</Name><KeyCount>2</KeyCount>
<IsTruncated>true</IsTruncated><NextContinuationToken>1/more=</NextContinuationToken>
<Contents><Key>a &amp; b</Key><Size>12</Size><ETag>&quot;e1&quot;</ETag><Owner><ID>x</ID></Owner></Contents>
<Contents><Key>c</Key><ETag>"e2"</ETag><Size>0</Size></Contents>
<CommonPrefixes><Prefix>p</Prefix></CommonPrefixes></ListBucketResult>)";

TEST(s3_answers, give_a_page_of_keys) {
    const auto read = parse_listing(page);
    EXPECT_THAT(
        read.objects,
        ElementsAre(listed_object{"a & b", 12, "\"e1\""}, listed_object{"c", 0, "\"e2\""})
    );
    EXPECT_EQ(read.next, "1/more=");
    EXPECT_THAT(parse_listing("<ListBucketResult/>").objects, IsEmpty());
}

TEST(s3_answers, that_are_damaged_are_refused) {
    for (std::size_t cut = 0; cut < page.size(); ++cut)
        EXPECT_THROW(static_cast<void>(parse_listing(page.substr(0, cut))), blob_error) << cut;
    for (const char* text :
         {"<Other/>",
          "<ListBucketResult><Contents><Size>-1</Size></Contents></ListBucketResult>",
          "<ListBucketResult><Contents><Size>1x</Size></Contents></ListBucketResult>",
          "<!DOCTYPE a [<!ENTITY b \"c\">]><ListBucketResult>&b;</ListBucketResult>"}) {
        EXPECT_THROW(static_cast<void>(parse_listing(text)), blob_error) << text;
    }
    std::string deep;
    for (int i = 0; i < 17; ++i)
        deep += "<a>";
    for (int i = 0; i < 17; ++i)
        deep += "</a>";
    EXPECT_THROW(static_cast<void>(parse_text(deep, "a")), blob_error);
    EXPECT_THROW(static_cast<void>(parse_text("<a><b>c</b></a>", "d")), blob_error);
}

TEST(s3_answers, tell_errors_with_any_status) {
    const std::string error =
        "<Error><Code>InternalError</Code><Message>we</Message><Region>eu-west-1</Region></Error>";
    const auto late = find_error({200, {}, error});
    ASSERT_TRUE(late);
    EXPECT_EQ(late->code, "InternalError");
    EXPECT_EQ(late->message, "we");
    EXPECT_EQ(late->region, "eu-west-1");
    EXPECT_FALSE(find_error({200, {}, "<CopyObjectResult/>"}));
    EXPECT_FALSE(find_error({200, {}, ""}));
    EXPECT_EQ(find_error({502, {}, "<html>oh"})->code, "");
    EXPECT_EQ(find_error({301, {{"x-amz-bucket-region", "r"}}, ""})->region, "r");
    EXPECT_EQ(error_code_in({404, {}, "<Error><Code>NoSuchKey</Code></Error>"}), "NoSuchKey");
}

TEST(s3_answers, hold_sums_that_are_read_as_they_are_written) {
    // The check value of CRC-32 in every catalogue: of "123456789".
    EXPECT_EQ(crc32_text(0xcbf43926U), "y/Q5Jg==");
    EXPECT_EQ(parse_crc32("y/Q5Jg=="), 0xcbf43926U);
    EXPECT_EQ(parse_crc32("y/Q5Jg==-3"), std::nullopt);
    EXPECT_EQ(parse_crc32("y/Q5"), std::nullopt);
}

}  // namespace
}  // namespace palabre::blob
