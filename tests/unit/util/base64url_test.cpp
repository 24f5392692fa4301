// SPDX-License-Identifier: Apache-2.0
#include "util/base64url.hpp"

#include <gtest/gtest.h>

namespace palabre::util {
namespace {

using namespace std::string_literals;

// RFC 4648 §10, without padding, and the two characters that differ from plain base64.
TEST(base64url, writes_and_reads_the_vectors_of_the_rfc) {
    const std::pair<std::string, std::string> vectors[] = {
        {"", ""},
        {"f", "Zg"},
        {"fo", "Zm8"},
        {"foo", "Zm9v"},
        {"foob", "Zm9vYg"},
        {"fooba", "Zm9vYmE"},
        {"foobar", "Zm9vYmFy"},
        {"\xfb\xff\xfe"s, "-__-"},
        {"\0\0"s, "AAA"},
    };
    for (const auto& [bytes, text] : vectors) {
        EXPECT_EQ(to_base64url(bytes), text);
        EXPECT_EQ(from_base64url(text), bytes);
    }
}

TEST(base64url, refuses_what_it_would_not_write) {
    for (const char* text : {"A", "AAAAA", "Zg==", "Zm 8", "+/+/", "Zh", "Zm9vé"}) {
        EXPECT_EQ(from_base64url(text), std::nullopt) << text;
    }
}

}  // namespace
}  // namespace palabre::util
