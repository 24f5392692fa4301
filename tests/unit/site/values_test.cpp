// SPDX-License-Identifier: Apache-2.0
// The small pure parts: ranges, dates, accepted encodings, names of files, packed siblings.
#include "site/http_date.hpp"
#include "site/mime.hpp"
#include "site/range.hpp"
#include "site/unpack.hpp"
#include "util/compress.hpp"

#include <gtest/gtest.h>

#include <string>

namespace palabre::site {
namespace {

TEST(range, reads_what_rfc_9110_writes) {
    struct row {
        std::string_view header;
        std::uint64_t size;
        range_answer expected;
    };
    const row rows[] = {
        {"bytes=0-0", 10, byte_range{0, 1}},
        {"bytes=0-9", 10, byte_range{0, 10}},
        {"bytes=0-99", 10, byte_range{0, 10}},
        {"bytes=9-", 10, byte_range{9, 1}},
        {"bytes=-3", 10, byte_range{7, 3}},
        {"bytes=-99", 10, byte_range{0, 10}},
        {"Bytes = 2 - 4 ", 10, byte_range{2, 3}},
        {"bytes=0-99999999999999999999999", 10, byte_range{0, 10}},
        {"bytes=10-", 10, not_satisfiable{}},
        {"bytes=10-12", 10, not_satisfiable{}},
        {"bytes=-0", 10, not_satisfiable{}},
        {"bytes=99999999999999999999999-", 10, not_satisfiable{}},
        {"bytes=0-1,3-4", 10, whole_answer{}},
        {"bytes=4-2", 10, whole_answer{}},
        {"bytes=-", 10, whole_answer{}},
        {"bytes=a-b", 10, whole_answer{}},
        {"bytes=1-b", 10, whole_answer{}},
        {"bytes=+1-2", 10, whole_answer{}},
        {"bytes=--2", 10, whole_answer{}},
        {"lines=1-2", 10, whole_answer{}},
        {"bytes", 10, whole_answer{}},
        {"", 10, whole_answer{}},
        {"bytes=0-", 0, whole_answer{}},
    };
    for (const auto& row : rows) {
        EXPECT_TRUE(find_range(row.header, row.size) == row.expected) << row.header;
    }
}

TEST(http_date, writes_and_reads_the_one_form) {
    EXPECT_EQ(to_http_date(784111777), "Sun, 06 Nov 1994 08:49:37 GMT");
    EXPECT_EQ(to_http_date(0), "Thu, 01 Jan 1970 00:00:00 GMT");
    EXPECT_EQ(from_http_date("Sun, 06 Nov 1994 08:49:37 GMT"), 784111777);
}

TEST(http_date, reads_the_obsolete_forms) {
    EXPECT_EQ(from_http_date("Sunday, 06-Nov-94 08:49:37 GMT"), 784111777);
    EXPECT_EQ(from_http_date("Sun Nov  6 08:49:37 1994"), 784111777);
}

TEST(http_date, ignores_what_is_no_date) {
    for (const auto* text :
         {"",
          "yesterday",
          "Sun, 31 Feb 1994 08:49:37 GMT",
          "Sun, 06 Nov 1994 25:49:37 GMT",
          "Sun, 06 Nov 1994 08:49 GMT",
          "Sun, 06 Nov 99999999999 08:49:37 GMT",
          "Sun, 06 Nov 1994 08:49:37 CET",
          "Sun, -6 Foo 1994 08:49:37 GMT"}) {
        EXPECT_EQ(from_http_date(text), std::nullopt) << text;
    }
}

TEST(mime, goes_by_the_extension) {
    EXPECT_EQ(media_type_of("index.html").content_type, "text/html; charset=utf-8");
    EXPECT_EQ(media_type_of("A.JPG").content_type, "image/jpeg");
    EXPECT_EQ(media_type_of("a.tar.gz").content_type, "application/gzip");
    EXPECT_EQ(media_type_of("a.exe").content_type, "application/octet-stream");
    EXPECT_EQ(media_type_of("LICENSE").content_type, "application/octet-stream");
    EXPECT_EQ(media_type_of(".html").content_type, "application/octet-stream");
    EXPECT_EQ(media_type_of("a.svg").when_compressed, shrinks::yes);
    EXPECT_EQ(media_type_of("a.woff2").when_compressed, shrinks::no);
}

TEST(mime, knows_a_fingerprint_from_a_date) {
    EXPECT_TRUE(is_fingerprinted("app.3f9c2a71.js"));
    EXPECT_TRUE(is_fingerprinted("app.min.3F9C2A71BB.css"));
    EXPECT_FALSE(is_fingerprinted("app.3f9c2a7.js"));
    EXPECT_FALSE(is_fingerprinted("fair.20240518.jpg"));
    EXPECT_FALSE(is_fingerprinted("app.notahash.js"));
    EXPECT_FALSE(is_fingerprinted("3f9c2a71.js"));
    EXPECT_FALSE(is_fingerprinted(".3f9c2a71.js"));
    EXPECT_FALSE(is_fingerprinted("app.3f9c2a71"));
}

TEST(unpack, accepts_only_the_very_same_bytes) {
    const std::string text(100'000, 'x');
    const auto gzip = util::gzip(text, util::effort::quick);
    const auto brotli = util::brotli(text, util::effort::quick);
    EXPECT_TRUE(gunzips_to(gzip, text));
    EXPECT_TRUE(unbrotlis_to(brotli, text));
    for (const auto& other : {text + "x", text.substr(1), std::string("y"), std::string()}) {
        EXPECT_FALSE(gunzips_to(gzip, other));
        EXPECT_FALSE(unbrotlis_to(brotli, other));
    }
    EXPECT_FALSE(gunzips_to(gzip + "x", text));
    EXPECT_FALSE(unbrotlis_to(brotli + "x", text));
    EXPECT_FALSE(gunzips_to(gzip.substr(0, gzip.size() - 1), text));
    EXPECT_FALSE(unbrotlis_to(brotli.substr(0, brotli.size() - 1), text));
    EXPECT_FALSE(gunzips_to("", text));
    EXPECT_FALSE(unbrotlis_to("", text));
    EXPECT_FALSE(gunzips_to("not packed", "not packed"));
}

}  // namespace
}  // namespace palabre::site
