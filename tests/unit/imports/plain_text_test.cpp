// SPDX-License-Identifier: Apache-2.0
#include "imports/plain_text.hpp"

#include <gtest/gtest.h>

namespace palabre::test {

namespace {

TEST(PlainText, DecodesReferences) {
    const struct {
        std::string_view text, decoded;
    } cases[] = {
        {"", ""},
        {"Zoé &amp; Max", "Zoé & Max"},
        {"&lt;b&gt; &quot;x&quot; &apos;", "<b> \"x\" '"},
        {"What&#8217;s &#x1F600; &#X41;", "What’s 😀 A"},
        {"&amp;amp;", "&amp;"},
        {"&#233;&#x20AC;", "é€"},
        {"Ping &laquo; A", "Ping « A"},
    };
    for (const auto& c : cases)
        EXPECT_EQ(imports::decode_references(c.text), c.decoded);
}

TEST(PlainText, KeepsWhatIsNoReference) {
    for (const std::string_view text : {
             "&",
             "a & b; c",
             "&nosuch;",
             "&#;",
             "&#x;",
             "&#0;",
             "&#xD800;",
             "&#x110000;",
             "&#99999999999;",
             "&#12a;",
             "&#-1;",
             "&amp",
             "&;",
         }) {
        EXPECT_EQ(imports::decode_references(text), text);
    }
}

}  // namespace

}  // namespace palabre::test
