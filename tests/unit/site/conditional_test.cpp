// SPDX-License-Identifier: Apache-2.0
#include "site/http_date.hpp"
#include "unit/site/site_ground.hpp"

namespace palabre::test {
namespace {

class conditions : public site_test {
protected:
    conditions() {
        write("digits.txt", "0123456789");
        const auto whole = ask("/digits.txt");
        etag_ = header_of(whole, "etag");
        modified_ = header_of(whole, "last-modified");
        const auto seconds = site::from_http_date(modified_).value();
        before_ = site::to_http_date(seconds - 1);
    }

    unsigned status_with(const std::vector<http::header_view>& headers) {
        return ask("/digits.txt", headers).status;
    }

    std::string etag_, modified_, before_;
};

TEST_F(conditions, answer_304_to_who_has_it) {
    const auto same = ask("/digits.txt", {{"If-None-Match", etag_}});
    EXPECT_EQ(same.status, 304);
    EXPECT_EQ(header_of(same, "etag"), etag_);
    EXPECT_EQ(header_of(same, "vary"), "accept-encoding");
    EXPECT_NE(header_of(same, "cache-control"), "(none)");
    EXPECT_EQ(header_of(same, "content-type"), "(none)");
    EXPECT_EQ(http::size_of(same.body), 0);
    EXPECT_EQ(status_with({{"if-none-match", "W/" + etag_}}), 304);
    EXPECT_EQ(status_with({{"if-none-match", "\"x\" , " + etag_}}), 304);
    EXPECT_EQ(status_with({{"if-none-match", "*"}}), 304);
    EXPECT_EQ(status_with({{"if-none-match", "\"x\""}}), 200);
    EXPECT_EQ(status_with({{"if-modified-since", modified_}}), 304);
    EXPECT_EQ(status_with({{"if-modified-since", before_}}), 200);
    EXPECT_EQ(status_with({{"if-modified-since", "nonsense"}}), 200);
}

TEST_F(conditions, trust_the_tag_before_the_date) {
    EXPECT_EQ(status_with({{"if-none-match", "\"x\""}, {"if-modified-since", modified_}}), 200);
    EXPECT_EQ(status_with({{"if-none-match", etag_}, {"if-modified-since", before_}}), 304);
    EXPECT_EQ(status_with({{"if-match", etag_}, {"if-unmodified-since", before_}}), 200);
}

TEST_F(conditions, answer_412_to_who_has_another) {
    EXPECT_EQ(status_with({{"if-match", "\"x\""}}), 412);
    EXPECT_EQ(status_with({{"if-match", "W/" + etag_}}), 412);
    EXPECT_EQ(status_with({{"if-match", etag_}}), 200);
    EXPECT_EQ(status_with({{"if-match", "*"}}), 200);
    EXPECT_EQ(status_with({{"if-unmodified-since", before_}}), 412);
    EXPECT_EQ(status_with({{"if-unmodified-since", modified_}}), 200);
}

TEST_F(conditions, send_a_part) {
    const auto part = ask("/digits.txt", {{"range", "bytes=2-4"}});
    EXPECT_EQ(part.status, 206);
    EXPECT_EQ(text_of(part), "234");
    EXPECT_EQ(header_of(part, "content-range"), "bytes 2-4/10");
    EXPECT_EQ(header_of(part, "etag"), etag_);
    EXPECT_EQ(text_of(ask("/digits.txt", {{"range", "bytes=-2"}})), "89");
    const auto several = ask("/digits.txt", {{"range", "bytes=0-1,4-5"}});
    EXPECT_EQ(several.status, 200);
    EXPECT_EQ(text_of(several), "0123456789");
}

TEST_F(conditions, refuse_a_part_beyond_the_end) {
    const auto beyond = ask("/digits.txt", {{"range", "bytes=10-"}});
    EXPECT_EQ(beyond.status, 416);
    EXPECT_EQ(header_of(beyond, "content-range"), "bytes */10");
    EXPECT_EQ(http::size_of(beyond.body), 0);
}

TEST_F(conditions, send_a_part_only_of_the_version_asked_for) {
    EXPECT_EQ(status_with({{"range", "bytes=0-1"}, {"if-range", etag_}}), 206);
    EXPECT_EQ(status_with({{"range", "bytes=0-1"}, {"if-range", "\"x\""}}), 200);
    EXPECT_EQ(status_with({{"range", "bytes=0-1"}, {"if-range", "W/" + etag_}}), 200);
    EXPECT_EQ(status_with({{"range", "bytes=0-1"}, {"if-range", modified_}}), 200);
}

TEST_F(conditions, know_encodings_apart) {
    std::string text;
    for (int i = 0; i < 1000; ++i)
        text += "again and ";
    write("long.txt", text);
    site_->rescan();
    site_->wait_until_compressed();
    const auto packed = ask("/long.txt", {{"accept-encoding", "gzip"}});
    const auto packed_tag = header_of(packed, "etag");
    EXPECT_EQ(ask("/long.txt", {{"if-none-match", packed_tag}}).status, 200);
    const auto part = ask("/long.txt", {{"accept-encoding", "gzip"}, {"range", "bytes=0-1"}});
    EXPECT_EQ(part.status, 206);
    EXPECT_EQ(text_of(part), text_of(packed).substr(0, 2));
    EXPECT_EQ(header_of(part, "content-encoding"), "gzip");
}

}  // namespace
}  // namespace palabre::test
