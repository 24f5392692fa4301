// SPDX-License-Identifier: Apache-2.0
// Words and spans put together at random from what Markdown treats specially: a reader must see the
// same words after a move through Markdown, whatever stood beside what.
#include "core/limits.hpp"
#include "markup/from_html.hpp"
#include "markup/render.hpp"
#include "unit/markup/html_check.hpp"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>
#include <string_view>

namespace palabre::markup {
namespace {

constexpr std::array<std::string_view, 56> words{
    "a",
    "B9",
    "été",
    "日本。",
    "👏",
    " ",
    " ",
    " ",
    "*",
    "**",
    "_",
    "__",
    "~",
    "~~",
    "`",
    "``",
    "```",
    "[",
    "]",
    "(",
    ")",
    "!",
    "![",
    "](",
    "\\",
    "&lt;",
    "&gt;",
    "&amp;",
    "#",
    "1.",
    "2)",
    "-",
    "+",
    "=",
    "===",
    "---",
    "|",
    "|-|",
    ":",
    ":-:",
    "&amp;amp;",
    "&amp;#65;",
    "http://x.fr/_a",
    "www.y.fr",
    "&lt;b&gt;",
    "&lt;!--",
    "--&gt;",
    "&lt;https://z.fr&gt;",
    "'",
    "\"",
    "«",
    "\u00a0",
    ".",
    ",",
    "a\u200db",
    "]: /x",
};

constexpr std::array<std::string_view, 14> tags{
    "<em>",
    "</em>",
    "<strong>",
    "</strong>",
    "<del>",
    "</del>",
    "<code>",
    "</code>",
    "<a href=\"/x\">",
    "</a>",
    "<br>",
    "</p><p>",
    "<br>",
    "</p><p>",
};

class random_html {
public:
    explicit random_html(std::uint32_t seed) : random_(seed) {}

    std::string make(std::string_view before, std::string_view after) {
        std::string html(before);
        const auto parts = 1 + below(12);
        for (std::size_t i = 0; i < parts; ++i) {
            html += below(3) == 0 ? tags[below(tags.size())] : words[below(words.size())];
        }
        return html.append(after);
    }

private:
    // The standard distributions differ between libraries; a failure must be found again anywhere.
    std::size_t below(std::size_t end) { return random_() % end; }

    std::mt19937 random_;
};

std::string without_space(std::string_view text) {
    std::string kept;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text.substr(i, 2) == "\u00a0") {
            ++i;
        } else if (std::string_view(" \n\t").find(text[i]) == std::string_view::npos) {
            kept += text[i];
        }
    }
    return kept;
}

void expect_same_words(const std::string& html) {
    const auto markdown = from_html(html, newlines::are_space);
    const auto again = render(markdown, limits{}.markup_depth);
    ASSERT_TRUE(again.has_value()) << html;
    ASSERT_EQ(without_space(check::text_of(*again)), without_space(check::text_of(html)))
        << "html: " << html << "\nmarkdown: " << markdown << "\nagain: " << *again;
}

TEST(round_trip, keeps_the_words_of_random_paragraphs) {
    random_html source(1);
    for (int i = 0; i < 20'000; ++i)
        expect_same_words(source.make("<p>", "</p>"));
}

TEST(round_trip, keeps_them_in_lists_quotes_and_tables) {
    random_html source(2);
    for (int i = 0; i < 5'000; ++i) {
        expect_same_words(source.make("<ul><li>", "</ul>"));
        expect_same_words(source.make("<blockquote><ol><li>", "</ol></blockquote>"));
        expect_same_words(source.make("<table><tr><th>h<td>", "</table>"));
        expect_same_words(source.make("<pre>", "</pre>"));
    }
}

// What was written once is written the same way again.
TEST(round_trip, settles_after_one_move) {
    random_html source(3);
    for (int i = 0; i < 10'000; ++i) {
        const auto html = source.make("<p>", "</p>");
        const auto once = render(from_html(html, newlines::are_space), limits{}.markup_depth);
        ASSERT_TRUE(once.has_value());
        const auto twice = render(from_html(*once, newlines::are_space), limits{}.markup_depth);
        ASSERT_TRUE(twice.has_value());
        ASSERT_EQ(*twice, *once) << html << "\n" << from_html(*once, newlines::are_space);
    }
}

}  // namespace
}  // namespace palabre::markup
