// SPDX-License-Identifier: Apache-2.0
#include "markup/render.hpp"

#include "core/limits.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace palabre::markup {
namespace {

constexpr std::uint32_t depth_max = limits{}.markup_depth;

#define REL "rel=\"nofollow ugc noopener\""

std::string html_of(std::string_view text) {
    const auto html = render(text, depth_max);
    return html ? *html : "too deep";
}

std::string repeat(std::string_view part, std::uint32_t times) {
    std::string out;
    for (std::uint32_t i = 0; i < times; ++i)
        out += part;
    return out;
}

struct rendering {
    std::string text;
    std::string html;
};

void expect_renderings(const std::vector<rendering>& samples) {
    for (const auto& [text, html] : samples)
        EXPECT_EQ(html_of(text), html) << text;
}

TEST(render, breaks_lines_where_the_source_does) {
    expect_renderings({
        {"a\nb", "<p>a<br />\nb</p>\n"},
        {"a\r\nb", "<p>a<br />\nb</p>\n"},
        {"a\n\nb", "<p>a</p>\n<p>b</p>\n"},
        {"", ""},
    });
}

TEST(render, shows_raw_html_as_text) {
    expect_renderings({
        {"a <b>c</b>", "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n"},
        {"<div>\nx\n</div>", "<pre><code>&lt;div&gt;\nx\n&lt;/div&gt;\n</code></pre>\n"},
        {"a <b\nc> d", "<p>a &lt;b<br />\nc&gt; d</p>\n"},
        {"a <!-- b --> c", "<p>a &lt;!-- b --&gt; c</p>\n"},
    });
}

TEST(render, keeps_the_words_of_links_it_refuses) {
    expect_renderings({
        {"[mots](javascript:alert(1))", "<p>mots</p>\n"},
        {"[](javascript:alert)", "<p>javascript:alert</p>\n"},
        {"vector<std::string>", "<p>vector&lt;std::string&gt;</p>\n"},
        {"[*a* b](//x.fr)", "<p><em>a</em> b</p>\n"},
    });
}

TEST(render, marks_the_links_it_keeps) {
    expect_renderings({
        {"[a](https://x.fr \"t\")", "<p><a " REL " href=\"https://x.fr\" title=\"t\">a</a></p>\n"},
        {"[](https://x.fr)", "<p><a " REL " href=\"https://x.fr\">https://x.fr</a></p>\n"},
        {"[a](/b#c)", "<p><a " REL " href=\"/b#c\">a</a></p>\n"},
        {"<a@x.fr>", "<p><a " REL " href=\"mailto:a@x.fr\">a@x.fr</a></p>\n"},
        {"`<a href=`", "<p><code>&lt;a href=</code></p>\n"},
    });
}

TEST(render, turns_images_into_links) {
    expect_renderings({
        {"![a](https://x.fr/i.png)", "<p><a " REL " href=\"https://x.fr/i.png\">a</a></p>\n"},
        {"![](/i.png)", "<p><a " REL " href=\"/i.png\">/i.png</a></p>\n"},
        {"![a](data:image/png,x)", "<p>a</p>\n"},
        {"[![a](/i.png)](/b)", "<p><a " REL " href=\"/b\">a</a></p>\n"},
        {"![a [b](/c)](/d)", "<p><a " REL " href=\"/d\">a b</a></p>\n"},
        {"[![a](/i.png)](javascript:x)", "<p><a " REL " href=\"/i.png\">a</a></p>\n"},
    });
}

TEST(render, turns_headings_into_bold_paragraphs) {
    expect_renderings({
        {"# a", "<p><strong>a</strong></p>\n"},
        {"a **b** `c`\n===", "<p><strong>a b <code>c</code></strong></p>\n"},
        {"> ## a\n> b", "<blockquote>\n<p><strong>a</strong></p>\n<p>b</p>\n</blockquote>\n"},
    });
}

TEST(render, links_bare_addresses) {
    const auto link = [](const std::string& url, const std::string& words) {
        return "<a " REL " href=\"" + url + "\">" + words + "</a>";
    };
    const auto plain = [&](const std::string& url) { return link(url, url); };
    expect_renderings({
        {"voir http://x.fr.", "<p>voir " + plain("http://x.fr") + ".</p>\n"},
        {"(http://x.fr/(a))", "<p>(" + plain("http://x.fr/(a)") + ")</p>\n"},
        {"www.x.fr/_a_, b", "<p>" + link("http://www.x.fr/_a", "www.x.fr/_a") + "_, b</p>\n"},
        {"**https://x.fr**", "<p><strong>" + plain("https://x.fr") + "</strong></p>\n"},
        {"« https://x.fr »", "<p>« " + plain("https://x.fr") + " »</p>\n"},
        {"[0, 1[ http://x.fr]", "<p>[0, 1[ " + plain("http://x.fr") + "]</p>\n"},
        {"[http://x.fr](/y)", "<p>" + link("/y", "http://x.fr") + "</p>\n"},
        {"HTTP://X.FR", "<p>" + plain("HTTP://X.FR") + "</p>\n"},
        {"xhttp://a.fr www. http://", "<p>xhttp://a.fr www. http://</p>\n"},
        {"prenom.nom@x.fr ftp://x.fr", "<p>prenom.nom@x.fr ftp://x.fr</p>\n"},
        {"http://x.fr/<b>", "<p>" + plain("http://x.fr/") + "&lt;b&gt;</p>\n"},
    });
}

TEST(render, holds_languages_to_plain_names) {
    expect_renderings({
        {"```c++ x\na\n```", "<pre><code class=\"language-c++\">a\n</code></pre>\n"},
        {"```a\"b\nc\n```", "<pre><code>c\n</code></pre>\n"},
        {"```" + repeat("a", 31) + "\nc\n```", "<pre><code>c\n</code></pre>\n"},
    });
}

TEST(render, drops_characters_that_entities_smuggle_in) {
    EXPECT_EQ(html_of("a&#x202E;b&#1;c"), "<p>abc</p>\n");
}

TEST(render, accepts_the_greatest_depth_and_nothing_beyond) {
    for (const std::string_view part : {"> ", "- ", "1. "}) {
        EXPECT_TRUE(render(repeat(part, depth_max) + "a", depth_max).has_value()) << part;
        const auto deeper = render(repeat(part, depth_max + 1) + "a", depth_max);
        ASSERT_FALSE(deeper.has_value()) << part;
        EXPECT_EQ(deeper.error(), render_problem::too_deep);
    }
    const auto spans = [](std::uint32_t depth) {
        return repeat("*a **b ", depth / 2) + repeat("** *", depth / 2);
    };
    EXPECT_TRUE(render(spans(4), 4).has_value());
    EXPECT_FALSE(render(repeat("![", 30) + "a" + repeat("](/b)", 30), depth_max).has_value());
}

// A reference is written once and used often: the page must not grow with its length each time.
TEST(render, bounds_what_references_repeat) {
    const auto text = "[a]: https://x.fr/" + repeat("b", 5000) + "\n\n" + repeat("[a] ", 1000);
    const auto html = html_of(text);
    EXPECT_LT(html.size(), text.size() * 10);
    EXPECT_NE(html.find("href=\"https://x.fr/"), std::string::npos);
}

// cmark-gfm keeps tables of the whole process while it parses: without a lock, strikethrough and
// bare links come and go.
TEST(render, gives_the_same_in_many_threads) {
    const std::string text =
        repeat("~~a~~ https://x.fr www.y.fr | b\n", 20) + "\n| a |\n|---|\n| b |";
    const auto expected = html_of(text);
    std::atomic<int> different = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&] {
            for (int i = 0; i < 200; ++i) {
                if (html_of(text) != expected) ++different;
                if (html_of("simple") != "<p>simple</p>\n") ++different;
            }
        });
    }
    for (auto& thread : threads)
        thread.join();
    EXPECT_EQ(different, 0);
}

}  // namespace
}  // namespace palabre::markup
