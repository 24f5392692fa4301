// SPDX-License-Identifier: Apache-2.0
#include "markup/link_target.hpp"

#include <gtest/gtest.h>

#include <string>

namespace palabre::markup {
namespace {

TEST(link_target, allows_the_web_mail_and_this_site) {
    for (const std::string url :
         {"http://exemple.fr",
          "HTTPS://EXEMPLE.FR/x?y#z",
          "https://[::1]:8080/",
          "http://été.fr",
          "mailto:a@exemple.fr",
          "/",
          "/projets#aws",
          "#haut",
          "/a b"}) {
        EXPECT_TRUE(is_allowed_target(url)) << url;
    }
}

TEST(link_target, refuses_everything_else) {
    for (const std::string url :
         {"",
          "javascript:alert(1)",
          " javascript:alert(1)",
          "java\tscript:x",
          "\x01https://a.fr",
          "https://a.fr/\n",
          "data:text/html,x",
          "vbscript:x",
          "ftp://a.fr",
          "//a.fr",
          "/\\a.fr",
          "\\\\a.fr",
          "/\t/a.fr",
          "http:a.fr",
          "http://",
          "http:///a.fr",
          "https:\\\\a.fr",
          "mailto:",
          "page.html",
          "./x",
          "../x",
          "?x",
          "std::string",
          "a",
          "https://a.fr\x7f"}) {
        EXPECT_FALSE(is_allowed_target(url)) << url;
    }
}

}  // namespace
}  // namespace palabre::markup
