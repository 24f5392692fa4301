// SPDX-License-Identifier: Apache-2.0
#include "util/json_text.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace palabre::util {
namespace {

TEST(json_text, escapes_so_that_any_parser_reads_the_same_back) {
    std::string every;
    for (char c = 1; c < 0x7f; ++c)
        every.push_back(c);
    every += "é\u2028😀";
    every.push_back('\0');
    std::string json;
    append_json_string(json, every);
    const auto read = boost::json::parse(json);
    EXPECT_EQ(std::string(read.as_string()), every);
}

// Bytes are looked at in eights: each kind has to be found wherever it stands.
TEST(json_text, escapes_at_every_place) {
    const std::vector<std::pair<std::string, std::string>> cases{
        {"\"", "\\\""},
        {"\\", "\\\\"},
        {"\n", "\\n"},
        {"\x1f", "\\u001f"},
        {" ", " "},
        {"!", "!"},
        {"\x7f", "\x7f"},
        {"é", "é"},
    };
    for (const auto& [raw, written] : cases) {
        for (std::size_t before = 0; before < 20; ++before) {
            for (std::size_t after = 0; after < 20; ++after) {
                const std::string head(before, 'a'), tail(after, '\xc3');
                std::string json;
                append_json_string(json, head + raw + raw + tail);
                std::string expected = "\"";
                expected.append(head).append(written).append(written).append(tail).append("\"");
                EXPECT_EQ(json, expected);
            }
        }
    }
}

// It is written by parts of 512 bytes; nothing is lost where one ends, and each byte may take six.
TEST(json_text, writes_texts_that_are_longer_than_a_part) {
    for (const std::size_t before : {500U, 505U, 508U, 511U, 512U, 513U, 1023U}) {
        const std::string plain(before, 'a');
        std::string json;
        append_json_string(json, plain + "é\"" + plain + std::string(2000, '\x01'));
        std::string expected = "\"" + plain + "é\\\"" + plain;
        for (int i = 0; i < 2000; ++i)
            expected += "\\u0001";
        EXPECT_EQ(json, expected + "\"");
    }
}

TEST(json_text, writes_members_in_the_order_of_the_calls) {
    std::string json;
    {
        json_object object(json);
        object.add("b", "x");
        object.add("a", std::uint64_t{18'446'744'073'709'551'615U});
        object.add("c", true);
        json_array list(object.add_raw("d"));
        append_json_string(list.next(), "one");
        json_object inner(list.next());
    }
    EXPECT_EQ(json, R"({"b":"x","a":18446744073709551615,"c":true,"d":["one",{}]})");
}

}  // namespace
}  // namespace palabre::util
