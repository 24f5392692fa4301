// SPDX-License-Identifier: Apache-2.0
// Runs the collections of tests/data, which a browser test reads too.
#include "core/limits.hpp"
#include "core/text.hpp"
#include "markup/from_html.hpp"
#include "markup/render.hpp"
#include "unit/markup/html_check.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <regex>
#include <string>
#include <vector>

namespace palabre::markup {
namespace {

constexpr std::uint32_t data_depth_max = limits{}.markup_depth;

boost::json::array read_collection(const std::string& name) {
    std::ifstream file(std::string(PALABRE_SOURCE_DIR "/tests/data/") + name);
    const std::string bytes(std::istreambuf_iterator<char>(file), {});
    return boost::json::parse(bytes).as_array();
}

std::string field(const boost::json::value& entry, const char* name) {
    return std::string(entry.at(name).as_string());
}

// A bare address in the text of a page that was no link there may become one: links whose words
// are their target are not told from plain words.
std::string without_bare_links(const std::string& html) {
    static const std::regex bare(R"re(<a rel="[^"]*" href="([^"]*)">\1</a>)re");
    return std::regex_replace(html, bare, "$1");
}

TEST(honest_comments, are_many_enough) {
    EXPECT_GE(read_collection("comments/honest.json").size(), 100U);
    EXPECT_GE(read_collection("xss/tricks.json").size(), 100U);
}

TEST(honest_comments, are_accepted_and_shown_exactly) {
    for (const auto& entry : read_collection("comments/honest.json")) {
        SCOPED_TRACE(field(entry, "name"));
        const auto source = field(entry, "text");
        EXPECT_FALSE(find_text_problem(source, line_breaks::allowed).has_value());
        const auto html = render(source, data_depth_max);
        ASSERT_TRUE(html.has_value());
        EXPECT_EQ(check::first_problem(*html), "");
        const auto text = check::text_of(*html);
        for (const auto& visible : entry.at("visible").as_array()) {
            EXPECT_NE(text.find(visible.as_string().c_str()), std::string::npos)
                << visible.as_string() << "\nis not in\n"
                << text;
        }
    }
}

TEST(honest_comments, survive_a_move_through_html) {
    for (const auto& entry : read_collection("comments/honest.json")) {
        SCOPED_TRACE(field(entry, "name"));
        const auto html = render(field(entry, "text"), data_depth_max);
        ASSERT_TRUE(html.has_value());
        const auto markdown = from_html(*html, newlines::are_space);
        const auto again = render(markdown, data_depth_max);
        ASSERT_TRUE(again.has_value());
        EXPECT_EQ(without_bare_links(*again), without_bare_links(*html)) << markdown;
    }
}

TEST(xss_tricks, never_leave_the_allowed_elements) {
    for (const auto& entry : read_collection("xss/tricks.json")) {
        SCOPED_TRACE(field(entry, "name"));
        const auto html = render(field(entry, "text"), data_depth_max);
        ASSERT_TRUE(html.has_value());
        EXPECT_EQ(check::first_problem(*html), "") << *html;
    }
}

// The same tricks inside other Markdown, and as the HTML of another engine.
TEST(xss_tricks, never_leave_them_in_other_places_either) {
    for (const auto& entry : read_collection("xss/tricks.json")) {
        SCOPED_TRACE(field(entry, "name"));
        const auto trick = field(entry, "text");
        for (const auto& text :
             {"> " + trick,
              "- " + trick,
              "**" + trick + "**",
              "[" + trick + "](/x)",
              "`" + trick + "`",
              "| a |\n|---|\n| " + trick + " |",
              "![" + trick + "](/x)",
              "# " + trick,
              trick + "\n" + trick,
              "[x](/y \"" + trick + "\")",
              from_html(trick, newlines::are_breaks),
              from_html(trick, newlines::are_space)}) {
            const auto html = render(text, data_depth_max);
            ASSERT_TRUE(html.has_value()) << text;
            EXPECT_EQ(check::first_problem(*html), "") << *html;
        }
    }
}

TEST(html_check, sees_what_must_not_be) {
    for (const std::string html :
         {"<script>a</script>",
          "<p onclick=\"a\">",
          "<img src=x>",
          "<a href=\"javascript:a\">b</a>",
          "<a rel=\"nofollow ugc noopener\" href=\"java&#9;script:a\">b</a>",
          "<a href=\"/x\">b</a>",
          "<a rel=\"nofollow ugc noopener\" href=\"//x\">b</a>",
          "<!-- a -->",
          "<h1>a</h1>",
          "<svg></svg>",
          "<p style=\"a\">",
          "<code class=\"a\">",
          "<template></template>"}) {
        EXPECT_NE(check::first_problem(html), "") << html;
    }
}

}  // namespace
}  // namespace palabre::markup
