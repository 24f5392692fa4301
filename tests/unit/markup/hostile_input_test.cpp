// SPDX-License-Identifier: Apache-2.0
#include "core/limits.hpp"
#include "markup/from_html.hpp"
#include "markup/render.hpp"
#include "unit/markup/html_check.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <string>
#include <string_view>
#include <vector>

namespace palabre::markup {
namespace {

constexpr std::uint32_t hostile_depth_max = limits{}.markup_depth;

// Quadratic growth makes twice the text cost four times; cubic growth, eight.
constexpr double growth_max = 6;

// A clock on a shared machine says nothing about less than this.
constexpr std::chrono::microseconds too_short_to_compare{3'000};

std::string fill(std::string_view part, std::size_t bytes) {
    std::string text;
    while (text.size() < bytes)
        text += part;
    return text;
}

// What made Markdown parsers slow before: openers without closers, closers without openers, nests.
const std::vector<std::string_view> hostile_parts{
    "[",       "*",        "*a_ ",        "_",           "<",          "|",          ">",
    "> ",      "- ",       "1. ",         "![[]()",      "www.",       "www.a.",     "a@",
    "http://", "http://a", "w",           "[a",          "[a](",       "`a",         "<!--",
    "a<!--",   "<?",       "<![CDATA[",   "<a ",         "**a *a ",    "~~a ~a",     "[a]: b\n",
    "&",       "\\",       "\t",          "a**bc* ",     "*_",         "_*a",        "a\n- ",
    "- a\n",   "\n",       "- \n",        "<a href=\"",  "[\\\\\\\\]", "x|x\n-|-\n", "x\n-\n",
    "![a]",    "[](",      "[^a]",        "***a",        "<x y=\"",    "```\n",      "~",
    "*~_",     "[a](b \"", "![[](a)](b)", "# a\n",       "*a**b",      "<!A ",       "a|\n-|\n",
    "](",      "[a]",      "[]",          "(http://a.b", "http://a))", "<a>",        "a<b>\n\n",
    ">>-1. ",  "- - a\n ",
};

std::chrono::nanoseconds thread_time() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
}

// Of this thread alone, and the best of three, so that a busy machine does not count.
template <class Work>
std::chrono::nanoseconds time_of(Work work) {
    auto best = std::chrono::nanoseconds::max();
    for (int i = 0; i < 3; ++i) {
        const auto start = thread_time();
        work();
        best = std::min(best, thread_time() - start);
    }
    return best;
}

void expect_modest_growth(std::string_view name, auto work) {
    const auto half = time_of([&] { work(std::size_t{5'000}); });
    const auto whole = time_of([&] { work(std::size_t{10'000}); });
    if (whole < too_short_to_compare) return;
    EXPECT_LT(static_cast<double>(whole.count()), growth_max * static_cast<double>(half.count()))
        << name;
}

TEST(hostile_input, costs_render_no_more_than_its_square) {
    for (const auto part : hostile_parts) {
        expect_modest_growth(part, [&](std::size_t bytes) {
            const auto html = render(fill(part, bytes), hostile_depth_max);
            if (html) {
                ASSERT_LT(html->size(), bytes * 20 + 1'000) << part;
            }
        });
    }
}

TEST(hostile_input, costs_from_html_no_more_than_its_square) {
    for (const std::string_view part : {"<div>",        "<b>",      "<b><i>",   "<a href=/x>",
                                        "<blockquote>", "<ul><li>", "<table>",  "<table><tr><td>",
                                        "<p>",          "</p>",     "<pre>`",   "<b><p>",
                                        "<a><b><i>a",   "&",        "&amp;",    "*",
                                        "http://a",     "<",        "<code>``", "<br>",
                                        "<td>a",        "<li>a",    "</b>",     "<svg>",
                                        "<b>a</b>",     "\n"}) {
        expect_modest_growth(part, [&](std::size_t bytes) {
            const auto text = from_html(fill(part, bytes), newlines::are_breaks);
            ASSERT_TRUE(render(text, hostile_depth_max).has_value()) << part;
        });
    }
}

TEST(hostile_input, renders_safely_whatever_it_is_made_of) {
    for (const auto a : hostile_parts) {
        for (const auto b : hostile_parts) {
            const auto html = render(fill(std::string(a) + std::string(b), 300), hostile_depth_max);
            if (html) {
                ASSERT_EQ(check::first_problem(*html), "") << a << b;
            }
        }
    }
}

TEST(hostile_input, deep_html_is_flattened) {
    const auto nest = [](std::string_view open, int times) {
        std::string html;
        for (int i = 0; i < times; ++i)
            html += open;
        return html + "feuille";
    };
    for (const auto* open : {"<div>", "<blockquote>", "<ul><li>", "<b>", "<span><i>"}) {
        for (const int times : {20, 21, 25, 150, 199, 200, 201, 1'000, 4'999, 5'001, 100'000}) {
            const auto text = from_html(nest(open, times), newlines::are_space);
            EXPECT_NE(text.find("feuille"), std::string::npos) << open << times;
            EXPECT_TRUE(render(text, hostile_depth_max).has_value()) << open << times;
        }
    }
}

}  // namespace
}  // namespace palabre::markup
