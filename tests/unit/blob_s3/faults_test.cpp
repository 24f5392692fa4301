// SPDX-License-Identifier: Apache-2.0
// What S3 may do, and moto does not.
#include "blob/s3/copy_object.hpp"
#include "blob/s3/s3_store.hpp"
#include "support/s3_ground.hpp"
#include "unit/aws/scripted_server.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <list>

namespace palabre::blob {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::ThrowsMessage;

class s3_faults : public ::testing::Test {
protected:
    struct said {
        std::string status = "200 OK";
        std::string headers;  // each ended by a line break
        std::string body;
    };

    // A bucket that answers so, on one connection.
    bucket& that_says(const std::vector<said>& answers) {
        std::vector<test::scripted_server::turn> turns;
        for (const auto& each : answers) {
            texts_.push_back(fmt::format(
                "HTTP/1.1 {}\r\n{}Content-Length: {}\r\n\r\n{}",
                each.status,
                each.headers,
                each.body.size(),
                each.body
            ));
            turns.push_back({.answer = texts_.back()});
        }
        const std::vector<std::vector<test::scripted_server::turn>> script{turns};
        server_ = std::make_unique<test::scripted_server>(script);
        const auto url = "http://127.0.0.1:" + std::to_string(server_->where().port);
        ground_ = std::make_unique<test::s3_ground>(
            std::map<std::string, std::string>{
                {"AWS_ENDPOINT_URL_S3", url},
                {"AWS_REGION", "eu-west-3"},
                {"AWS_ACCESS_KEY_ID", "AKID"},
                {"AWS_SECRET_ACCESS_KEY", "secret"}
            },
            "comments"
        );
        return ground_->bucket();
    }
    [[nodiscard]] std::string heard() const { return server_->heard(); }

    static said error(const std::string& status, const std::string& code) {
        return {status, "", "<Error><Code>" + code + "</Code><Message>no</Message></Error>"};
    }

    std::list<std::string> texts_;
    std::unique_ptr<test::scripted_server> server_;
    std::unique_ptr<test::s3_ground> ground_;
};

std::string read_in_fours(blob_reader& from) {
    std::string all;
    std::array<char, 4> some{};
    while (const auto got = from.read(some))
        all.append(some.data(), got);
    return all;
}

TEST_F(s3_faults, sums_go_along_with_what_is_written) {
    auto& to = that_says({{}});
    s3_store(to, "").put("a")->commit();
    EXPECT_THAT(heard(), HasSubstr("PUT /comments/a HTTP/1.1"));
    EXPECT_THAT(heard(), HasSubstr("x-amz-checksum-crc32: AAAAAA==\r\n"));
    // Of no bytes.
    EXPECT_THAT(
        heard(),
        HasSubstr("x-amz-content-sha256: "
                  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\r\n")
    );
}

TEST_F(s3_faults, bytes_that_were_damaged_on_their_way_are_noticed) {
    const std::string head =
        "ETag: \"e\"\r\nContent-Range: bytes 0-8/9\r\nx-amz-checksum-crc32: y/Q5Jg==\r\n";
    auto& from = that_says(
        {{"206 Partial Content", head, "123456789"}, {"206 Partial Content", head, "12345678x"}}
    );
    s3_store store(from, "");
    EXPECT_EQ(read_in_fours(*store.get("a")), "123456789");
    EXPECT_THAT(
        [&] { static_cast<void>(store.get("a")); },
        ThrowsMessage<blob_error>(HasSubstr("a was damaged on its way"))
    );
}

TEST_F(s3_faults, the_sum_of_a_long_blob_is_asked_for_and_checked_at_its_end) {
    auto& from = that_says({
        {"206 Partial Content", "ETag: \"e\"\r\nContent-Range: bytes 0-3/9\r\n", "1234"},
        {"200 OK", "ETag: \"e\"\r\nx-amz-checksum-crc32: y/Q5Jg==\r\n", ""},
        {"206 Partial Content", "ETag: \"e\"\r\nContent-Range: bytes 4-8/9\r\n", "5678x"},
    });
    s3_store store(from, "", {.piece_bytes = 5});
    const auto reader = store.get("a");
    EXPECT_THAT([&] { read_in_fours(*reader); }, ThrowsMessage<blob_error>(HasSubstr("damaged")));
    EXPECT_THAT(heard(), HasSubstr("range: bytes=4-8\r\n"));
    EXPECT_THAT(heard(), HasSubstr("if-match: \"e\"\r\n"));
}

TEST_F(s3_faults, an_answer_without_bytes_is_no_end) {
    auto& from = that_says({
        {"206 Partial Content", "ETag: \"e\"\r\nContent-Range: bytes 0-3/9\r\n", "1234"},
        {"200 OK", "ETag: \"e\"\r\n", ""},
        {"206 Partial Content", "ETag: \"e\"\r\nContent-Range: bytes 4-8/9\r\n", ""},
    });
    s3_store store(from, "", {.piece_bytes = 5});
    const auto reader = store.get("a");
    EXPECT_THAT(
        [&] { read_in_fours(*reader); },
        ThrowsMessage<blob_error>(HasSubstr("other bytes than asked"))
    );
}

TEST_F(s3_faults, a_copy_that_fails_after_its_status_is_made_again) {
    auto& to = that_says({
        error("200 OK", "InternalError"),
        {"200 OK", "", "<CopyObjectResult><ETag>\"e\"</ETag></CopyObjectResult>"},
        error("200 OK", "InternalError"),
        error("200 OK", "InternalError"),
        error("200 OK", "InternalError"),
    });
    to.copy("other", "a", "\"e\"", "b");
    EXPECT_THAT(heard(), HasSubstr("x-amz-copy-source: other/a\r\n"));
    EXPECT_THAT(
        [&] { to.copy("other", "a", "\"e\"", "b"); },
        ThrowsMessage<blob_error>(HasSubstr("cannot copy a to b: S3 says InternalError: no"))
    );
}

TEST_F(s3_faults, an_upload_whose_end_was_told_to_nobody_is_done_all_the_same) {
    auto& to = that_says({
        error("404 Not Found", "NoSuchUpload"),
        {"200 OK", "ETag: \"e-1\"\r\nx-amz-checksum-crc32: y/Q5Jg==\r\n", ""},
        error("404 Not Found", "NoSuchUpload"),
        {"200 OK", "ETag: \"e-1\"\r\nx-amz-checksum-crc32: AAAAAA==\r\n", ""},
    });
    to.complete_upload("a", "id", {{"\"p\"", "y/Q5Jg=="}}, 0xcbf43926U);
    EXPECT_THAT(
        [&] { to.complete_upload("a", "id", {{"\"p\"", "y/Q5Jg=="}}, 0xcbf43926U); },
        ThrowsMessage<blob_error>(HasSubstr("NoSuchUpload"))
    );
}

TEST_F(s3_faults, an_upload_is_given_up_when_a_part_fails) {
    auto& to = that_says({
        {"200 OK",
         "",
         "<InitiateMultipartUploadResult><UploadId>u/1</UploadId></"
         "InitiateMultipartUploadResult>"},
        error("403 Forbidden", "AccessDenied"),
        {"204 No Content", "", ""},
    });
    s3_store store(to, "", {.part_bytes = 4});
    EXPECT_THAT(
        [&] { store.put("a")->write("12345"); },
        ThrowsMessage<blob_error>(HasSubstr("cannot write part 1 of a: access to the bucket"))
    );
    EXPECT_THAT(heard(), HasSubstr("DELETE /comments/a?uploadId=u%2F1 HTTP/1.1"));
}

TEST_F(s3_faults, a_bucket_of_another_region_is_named_with_it) {
    auto& to = that_says({
        {"301 Moved Permanently",
         "x-amz-bucket-region: eu-west-1\r\n",
         "<Error><Code>PermanentRedirect</Code></Error>"},
        {"400 Bad Request",
         "",
         "<Error><Code>AuthorizationHeaderMalformed</Code><Region>eu-west-1</Region></Error>"},
    });
    const auto told = ThrowsMessage<blob_error>(
        HasSubstr("the bucket comments is in eu-west-1, and was looked for in eu-west-3; set "
                  "AWS_REGION=eu-west-1")
    );
    EXPECT_THAT([&] { to.remove("a"); }, told);
    EXPECT_THAT([&] { to.remove("a"); }, told);
}

TEST_F(s3_faults, a_throttled_call_is_made_again) {
    auto& to = that_says({error("503 Slow Down", "SlowDown"), {"204 No Content", "", ""}});
    to.remove("a");
    EXPECT_THAT(heard(), HasSubstr("DELETE /comments/a HTTP/1.1"));
}

// Whoever sees the manifest sees all: so it is copied last, and goes first.
TEST_F(s3_faults, what_is_last_is_copied_last_and_removed_first) {
    const std::string listing =
        "<ListBucketResult><Contents><Key>new/a</Key><Size>1</Size><ETag>\"1\"</ETag></Contents>"
        "<Contents><Key>new/b</Key><Size>1</Size><ETag>\"2\"</ETag></Contents></ListBucketResult>";
    const said copied{"200 OK", "", "<CopyObjectResult><ETag>\"e\"</ETag></CopyObjectResult>"};
    auto& to = that_says({
        {"200 OK", "", "<ListBucketResult></ListBucketResult>"},
        {"200 OK", "", listing},
        copied,
        copied,
        {"200 OK", "", listing},
        {"204 No Content", "", ""},
        {"204 No Content", "", ""},
    });
    s3_store(to, "").move("new", "done", "a");
    const auto all = heard();
    const auto order = {
        all.find("PUT /comments/done/b"),
        all.find("PUT /comments/done/a"),
        all.find("DELETE /comments/new/a"),
        all.find("DELETE /comments/new/b"),
    };
    EXPECT_THAT(order, testing::Each(testing::Ne(std::string::npos)));
    EXPECT_TRUE(std::ranges::is_sorted(order));
}

}  // namespace
}  // namespace palabre::blob
