// SPDX-License-Identifier: Apache-2.0
#include "runtime/server/request_reader.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

namespace palabre::server {
namespace {

using state = request_reader::state;

// Gives the reader the bytes in pieces of at most `step`, as long as it wants more.
std::size_t feed(request_reader& reader, std::string_view bytes, std::size_t step = 100'000) {
    std::size_t given = 0;
    while (given < bytes.size() &&
           (reader.now() == state::need_head || reader.now() == state::need_body)) {
        const std::span<char> space = reader.space();
        const std::size_t count = std::min({step, space.size(), bytes.size() - given});
        std::memcpy(space.data(), bytes.data() + given, count);
        reader.received(count);
        given += count;
    }
    return given;
}

std::string with_headers(std::string_view headers) {
    return "POST /a HTTP/1.1\r\nHost: a.example\r\n" + std::string(headers) + "\r\n";
}

TEST(request_reader, reads_a_request_however_it_is_cut) {
    const std::string bytes =
        "POST /commentaires?x=1 HTTP/1.1\r\nHost: a.example:8080\r\nX-A:  b \r\n"
        "Content-Length: 5\r\n\r\nhello";
    for (std::size_t step = 1; step <= bytes.size(); ++step) {
        const request_limits limits;
        request_reader reader(limits);
        feed(reader, bytes, step);
        ASSERT_EQ(reader.now(), state::complete) << step;
        const http::request& asked = reader.request();
        EXPECT_EQ(asked.verb, http::method::post);
        EXPECT_EQ(asked.path, "/commentaires");
        EXPECT_EQ(asked.query, "x=1");
        EXPECT_EQ(asked.host, "a.example:8080");
        EXPECT_EQ(asked.header("x-a"), "b");
        EXPECT_EQ(asked.body, "hello");
        EXPECT_TRUE(reader.keep_alive());
    }
}

TEST(request_reader, reads_chunks_however_they_are_cut) {
    const std::string bytes = with_headers("Transfer-Encoding: chunked\r\n") +
                              "5;a=b\r\nhello\r\n1\r\n!\r\n0\r\nX-Trailer: dropped\r\n\r\n";
    for (std::size_t step = 1; step <= bytes.size(); ++step) {
        const request_limits limits;
        request_reader reader(limits);
        feed(reader, bytes, step);
        ASSERT_EQ(reader.now(), state::complete) << step;
        EXPECT_EQ(reader.request().body, "hello!");
        EXPECT_FALSE(reader.request().header("x-trailer"));
    }
}

// Beast asserts that its chunk parser is not called again on so little.
TEST(request_reader, reads_an_empty_chunked_body_byte_by_byte) {
    const request_limits limits;
    request_reader reader(limits);
    feed(reader, with_headers("Transfer-Encoding: chunked\r\n") + "0\r\n\r\n", 1);
    ASSERT_EQ(reader.now(), state::complete);
    EXPECT_EQ(reader.request().body, "");
}

TEST(request_reader, keeps_what_follows_for_the_next_request) {
    const std::string bytes =
        "GET /1 HTTP/1.1\r\nHost: a\r\n\r\nPOST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: "
        "2\r\n\r\nok"
        "\r\nGET /3 HTTP/1.0\r\n\r\n";
    const request_limits limits;
    request_reader reader(limits);
    ASSERT_EQ(feed(reader, bytes), bytes.size());
    EXPECT_EQ(reader.request().path, "/1");
    EXPECT_EQ(reader.next(), state::complete);
    EXPECT_EQ(reader.request().path, "/2");
    EXPECT_EQ(reader.request().body, "ok");
    EXPECT_EQ(reader.next(), state::complete);
    EXPECT_EQ(reader.request().path, "/3");
    EXPECT_EQ(reader.request().host, "");
    EXPECT_FALSE(reader.keep_alive());
    EXPECT_EQ(reader.next(), state::need_head);
    EXPECT_FALSE(reader.begun());
}

TEST(request_reader, keeps_its_views_when_the_body_moves_the_buffer) {
    request_limits limits;
    const std::string long_value(5'000, 'v');
    const std::string body(limits.body_bytes, 'b');
    request_reader reader(limits);
    feed(
        reader,
        with_headers(
            "X-Long: " + long_value + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n"
        ) + body,
        997
    );
    ASSERT_EQ(reader.now(), state::complete);
    EXPECT_EQ(reader.request().header("x-long"), long_value);
    EXPECT_EQ(reader.request().host, "a.example");
    EXPECT_EQ(reader.request().path, "/a");
    EXPECT_EQ(reader.request().body, body);
}

TEST(request_reader, drops_the_body_of_a_get) {
    const request_limits limits;
    request_reader reader(limits);
    feed(reader, "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc");
    ASSERT_EQ(reader.now(), state::complete);
    EXPECT_EQ(reader.request().body, "");
}

TEST(request_reader, asks_once_for_a_body_that_waits) {
    const request_limits limits;
    request_reader reader(limits);
    feed(reader, with_headers("Expect: 100-continue\r\nContent-Length: 2\r\n"));
    EXPECT_EQ(reader.now(), state::need_body);
    EXPECT_TRUE(reader.take_wants_continue());
    EXPECT_FALSE(reader.take_wants_continue());
    feed(reader, "ok");
    EXPECT_EQ(reader.request().body, "ok");
}

TEST(request_reader, takes_the_host_from_an_absolute_target) {
    const request_limits limits;
    request_reader reader(limits);
    feed(reader, "GET HTTP://b.example:81?q HTTP/1.1\r\nHost: a.example\r\n\r\n");
    ASSERT_EQ(reader.now(), state::complete);
    EXPECT_EQ(reader.request().host, "b.example:81");
    EXPECT_EQ(reader.request().path, "/");
    EXPECT_EQ(reader.request().query, "q");
}

struct refused_case {
    const char* name;
    std::string bytes;
    errc why = errc::malformed_request;
};

class refused_request : public ::testing::TestWithParam<refused_case> {};

// Whole and byte by byte: what is refused must not depend on how it arrives.
TEST_P(refused_request, is_refused_however_it_is_cut) {
    for (const std::size_t step : {std::size_t{100'000}, std::size_t{1}}) {
        const request_limits limits;
        request_reader reader(limits);
        feed(reader, GetParam().bytes, step);
        ASSERT_EQ(reader.now(), state::failed);
        EXPECT_EQ(reader.problem().code, GetParam().why);
        EXPECT_FALSE(reader.keep_alive());
    }
}

const std::string post = "POST / HTTP/1.1\r\nHost: a\r\n";

INSTANTIATE_TEST_SUITE_P(
    smuggling,
    refused_request,
    ::testing::Values(
        refused_case{
            "length_and_encoding",
            post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        },
        refused_case{
            "encoding_and_length",
            post + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"
        },
        refused_case{"two_lengths", post + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!"},
        refused_case{
            "same_length_twice", post + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello"
        },
        refused_case{"list_of_lengths", post + "Content-Length: 5, 5\r\n\r\nhello"},
        refused_case{"signed_length", post + "Content-Length: +5\r\n\r\nhello"},
        refused_case{"negative_length", post + "Content-Length: -1\r\n\r\n"},
        refused_case{"hexadecimal_length", post + "Content-Length: 0x5\r\n\r\nhello"},
        refused_case{"empty_length", post + "Content-Length:\r\n\r\n"},
        refused_case{
            "length_beyond_64_bits", post + "Content-Length: 18446744073709551621\r\n\r\n"
        },
        refused_case{
            "identity_then_chunked", post + "Transfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n"
        },
        refused_case{
            "gzip_then_chunked", post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"
        },
        refused_case{
            "chunked_then_other", post + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"
        },
        refused_case{"unknown_encoding", post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"},
        refused_case{
            "encoding_in_quotes", post + "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n"
        },
        refused_case{
            "vertical_tab_in_encoding",
            post + "Transfer-Encoding: \x0b"
                   "chunked\r\n\r\n0\r\n\r\n"
        },
        refused_case{
            "encoding_twice",
            post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        },
        refused_case{
            "encoding_in_1_0",
            "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        },
        refused_case{"space_before_colon", post + "Content-Length : 5\r\n\r\nhello"},
        refused_case{"tab_before_colon", post + "Transfer-Encoding\t: chunked\r\n\r\n0\r\n\r\n"},
        refused_case{"folded_line", post + "X-A: b\r\n c\r\n\r\n"},
        refused_case{"folded_first_line", "GET / HTTP/1.1\r\n Host: a\r\n\r\n"},
        refused_case{"bare_line_feed", post + "X-A: b\nContent-Length: 5\r\n\r\nhello"},
        refused_case{"bare_line_feeds_only", "GET / HTTP/1.1\nHost: a\n\n"},
        refused_case{"bare_carriage_return", post + "X-A: b\rContent-Length: 5\r\n\r\nhello"},
        refused_case{"nul_in_value", post + std::string("X-A: b\0c\r\n\r\n", 12)},
        refused_case{"nul_in_name", post + std::string("X\0A: b\r\n\r\n", 10)},
        refused_case{"control_in_value", post + "X-A: b\x01\r\n\r\n"},
        refused_case{"no_colon", post + "Nothing\r\n\r\n"},
        refused_case{"empty_name", post + ": b\r\n\r\n"},
        refused_case{
            "bad_chunk_size", post + "Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n"
        },
        refused_case{
            "chunk_size_with_0x",
            post + "Transfer-Encoding: chunked\r\n\r\n0x5\r\nhello\r\n0\r\n\r\n"
        },
        refused_case{
            "bare_line_feed_in_chunk",
            post + "Transfer-Encoding: chunked\r\n\r\n5;\nhello\r\n0\r\n\r\n"
        },
        refused_case{
            "chunk_without_end", post + "Transfer-Encoding: chunked\r\n\r\n5\r\nhelloXX0\r\n\r\n"
        },
        refused_case{"no_host", "GET / HTTP/1.1\r\n\r\n"},
        refused_case{"two_hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"},
        refused_case{"empty_host", "GET / HTTP/1.1\r\nHost:\r\n\r\n"},
        refused_case{"host_with_path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"},
        refused_case{"host_with_user", "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n"},
        refused_case{"host_with_bad_port", "GET / HTTP/1.1\r\nHost: a:99999\r\n\r\n"},
        refused_case{"host_list", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n"},
        refused_case{
            "bad_host_behind_absolute_target", "GET http://a/ HTTP/1.1\r\nHost: b c\r\n\r\n"
        },
        refused_case{"user_in_absolute_target", "GET http://u@a/ HTTP/1.1\r\nHost: a\r\n\r\n"},
        refused_case{"foreign_scheme", "GET ftp://a/ HTTP/1.1\r\nHost: a\r\n\r\n"},
        refused_case{"authority_target", "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n"},
        refused_case{"connect_to_a_path", "CONNECT /a HTTP/1.1\r\nHost: a\r\n\r\n"},
        refused_case{"asterisk_get", "GET * HTTP/1.1\r\nHost: a\r\n\r\n"},
        refused_case{"relative_target", "GET a HTTP/1.1\r\nHost: a\r\n\r\n"},
        refused_case{"fragment", "GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n"},
        refused_case{"space_in_target", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n"},
        refused_case{"raw_utf8_in_target", "GET /\xc3\xa9 HTTP/1.1\r\nHost: a\r\n\r\n"},
        refused_case{"http_0_9", "GET /\r\n\r\n"},
        refused_case{"http_2_preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"},
        refused_case{"http_1_2", "GET / HTTP/1.2\r\nHost: a\r\n\r\n"},
        refused_case{"lower_case_version", "GET / http/1.1\r\nHost: a\r\n\r\n"},
        refused_case{"method_that_is_no_token", "G(T / HTTP/1.1\r\nHost: a\r\n\r\n"},
        refused_case{"tls_hello", std::string("\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03", 11)}
    ),
    [](const auto& each) { return each.param.name; }
);

std::string many(int count) {
    std::string headers;
    for (int i = 0; i < count; ++i)
        headers += "X: y\r\n";
    return headers;
}

INSTANTIATE_TEST_SUITE_P(
    limits,
    refused_request,
    ::testing::Values(
        refused_case{
            "long_target",
            "GET /" + std::string(4'096, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n",
            errc::target_too_long
        },
        refused_case{"endless_target", "GET /" + std::string(10'000, 'a'), errc::target_too_long},
        refused_case{
            "large_headers",
            with_headers("X: " + std::string(16'384, 'x') + "\r\n"),
            errc::headers_too_large
        },
        refused_case{
            "endless_headers",
            "GET / HTTP/1.1\r\nX: " + std::string(20'000, 'x'),
            errc::headers_too_large
        },
        refused_case{"many_headers", with_headers(many(100)), errc::headers_too_large},
        refused_case{"large_body", with_headers("Content-Length: 65537\r\n"), errc::body_too_large},
        refused_case{
            "large_chunk",
            with_headers("Transfer-Encoding: chunked\r\n") + "10001\r\n",
            errc::body_too_large
        },
        refused_case{
            "large_sum_of_chunks",
            with_headers("Transfer-Encoding: chunked\r\n") + "ffff\r\n" + std::string(65'535, 'x') +
                "\r\n2\r\nxx\r\n0\r\n\r\n",
            errc::body_too_large
        },
        refused_case{
            "endless_chunk_extension",
            with_headers("Transfer-Encoding: chunked\r\n") + "1;a=" + std::string(6'000, 'x'),
            errc::headers_too_large
        },
        refused_case{
            "endless_trailers",
            with_headers("Transfer-Encoding: chunked\r\n") + "0\r\nX: " + std::string(6'000, 'x'),
            errc::headers_too_large
        }
    ),
    [](const auto& each) { return each.param.name; }
);

class accepted_request : public ::testing::TestWithParam<refused_case> {};

TEST_P(accepted_request, is_accepted) {
    const request_limits limits;
    request_reader reader(limits);
    feed(reader, GetParam().bytes);
    EXPECT_EQ(reader.now(), state::complete) << reader.problem().detail;
}

INSTANTIATE_TEST_SUITE_P(
    just_within,
    accepted_request,
    ::testing::Values(
        refused_case{
            "longest_target", "GET /" + std::string(4'095, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n"
        },
        refused_case{
            "largest_headers", with_headers("X: " + std::string(16'384 - 42, 'x') + "\r\n")
        },
        refused_case{"most_headers", with_headers(many(99))},
        refused_case{
            "largest_body", with_headers("Content-Length: 65536\r\n") + std::string(65'536, 'x')
        },
        refused_case{"chunked_in_capitals", post + "Transfer-Encoding: CHUNKED\r\n\r\n0\r\n\r\n"},
        refused_case{"empty_lines_first", "\r\n\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"},
        refused_case{"ip_literal", "GET / HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n"},
        refused_case{"options_asterisk", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n"},
        refused_case{"latin_1_value", "GET / HTTP/1.1\r\nHost: a\r\nX: \xe9\r\n\r\n"},
        refused_case{"unknown_method", "BREW /pot HTTP/1.1\r\nHost: a\r\n\r\n"}
    ),
    [](const auto& each) { return each.param.name; }
);

}  // namespace
}  // namespace palabre::server
