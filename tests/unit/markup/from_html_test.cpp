// SPDX-License-Identifier: Apache-2.0
#include "markup/from_html.hpp"

#include "core/limits.hpp"
#include "core/text.hpp"
#include "markup/render.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace palabre::markup {
namespace {

#define REL "rel=\"nofollow ugc noopener\""

std::string rendered(std::string_view html, newlines meaning) {
    const auto markdown = from_html(html, meaning);
    EXPECT_FALSE(find_text_problem(markdown, line_breaks::allowed).has_value()) << markdown;
    const auto again = render(markdown, limits{}.markup_depth);
    return again ? *again : "too deep";
}

// An entry without `rendered` renders as it came.
struct sample {
    std::string html;
    std::string rendered{};
};

void expect_all(const std::vector<sample>& samples, newlines meaning = newlines::are_space) {
    for (const auto& [html, expected] : samples) {
        auto again = rendered(html, meaning);
        if (!again.empty()) again.pop_back();
        EXPECT_EQ(again, expected.empty() ? html : expected) << html << "\n"
                                                             << from_html(html, meaning);
    }
}

TEST(from_html, keeps_paragraphs_and_breaks) {
    expect_all({
        {"<p>a</p>\n<p>b</p>"},
        {"<p>a<br />\nb</p>"},
        {"a<br>b", "<p>a<br />\nb</p>"},
        {"<p>a<br><br>b</p>", "<p>a</p>\n<p>b</p>"},
        {"<p>a\n  b</p>", "<p>a b</p>"},
        {"<div>a<p>b</p>c</div>", "<p>a</p>\n<p>b</p>\n<p>c</p>"},
        {"<p> <br> &nbsp; </p><p>a</p>", "<p>a</p>"},
    });
}

TEST(from_html, reads_newlines_as_wordpress_does) {
    expect_all(
        {
            {"a\nb\n\nc", "<p>a<br />\nb</p>\n<p>c</p>"},
            {"a\r\n\r\nb", "<p>a</p>\n<p>b</p>"},
            {"a<br />\nb", "<p>a<br />\nb</p>"},
            {"<blockquote>a</blockquote>\nb\n", "<blockquote>\n<p>a</p>\n</blockquote>\n<p>b</p>"},
            {"<b>a\n\nb</b>", "<p><strong>a</strong></p>\n<p><strong>b</strong></p>"},
            {"<pre>a\n\nb</pre>", "<pre><code>a\n\nb\n</code></pre>"},
            {"x <code>a\nb</code> y", "<p>x</p>\n<pre><code>a\nb\n</code></pre>\n<p>y</p>"},
        },
        newlines::are_breaks
    );
}

TEST(from_html, keeps_spans_wherever_they_begin_and_end) {
    expect_all({
        {"<p>a <em>b</em> <strong>c</strong> <del>d</del> <code>e</code></p>"},
        {"<p><b>a </b>b<i> c</i></p>", "<p><strong>a</strong> b <em>c</em></p>"},
        {"<p>a<em>b</em>c</p>"},
        {"<p>a<strong>b</strong>c</p>"},
        {"<p>a<strong>«b»</strong>c</p>"},
        {"<p>a<strong>(b)</strong>c<del>!</del>d</p>"},
        {"<p>é<em>è</em>à</p>"},
        {"<p>日<strong>本。</strong>語</p>"},
        {"<p><strong><em>a</em></strong></p>"},
        {"<p><em><strong>a</strong></em></p>"},
        {"<p><em>a <strong>b</strong> c</em></p>"},
        {"<p><em>a</em><strong>b</strong><del>c</del><code>d</code></p>"},
        {"<p>x<strong><em>a</em></strong>y</p>"},
        {"<p><b>a</b><b>b</b></p>", "<p><strong>ab</strong></p>"},
        {"<p><strong>a</strong> <strong>b</strong></p>"},
        {"<p><b>a<b>b</b>c</b></p>", "<p><strong>abc</strong></p>"},
        {"<p>a<b> </b>b<i></i></p>", "<p>a b</p>"},
        {"<p><b>a<i>b</b>c</i></p>", "<p><strong>a<em>b</em></strong><em>c</em></p>"},
        {"<b><p>a</p><p>b</p></b>", "<p><strong>a</strong></p>\n<p><strong>b</strong></p>"},
        {"<p><strong>https</strong>://a</p>"},
        {"<p>10<sup>6</sup> H<sub>2</sub>O x<sup>n</sup></p>", "<p>10⁶ H₂O x^(n)</p>"},
        {"<p><u>a</u><span>b</span><font color=red>c</font></p>", "<p>abc</p>"},
    });
}

TEST(from_html, escapes_what_looks_like_markdown) {
    expect_all({
        {"<p>*a* _b_ **c** `d` [e](f) ![g](h) ~~i~~ &lt;b&gt; &amp;amp; \\* \\</p>"},
        {"<p># a</p>\n<p>- b</p>\n<p>+ c</p>\n<p>1. d</p>\n<p>2) e</p>\n<p>&gt; f</p>"},
        {"<p>a<br />\n===<br />\n---<br />\n| b |<br />\n|---|<br />\n:-:</p>"},
        {"<p>```<br />\na<br />\n```</p>\n<p>~~~</p>\n<p>***</p>\n<p>___</p>"},
        {"<p>wow!<a " REL " href=\"/x\">a</a></p>"},
        {"<p>[a]: http://b</p>", "<p>[a]: <a " REL " href=\"http://b\">http://b</a></p>"},
        {"<p>snake_case_name C:\\Users a &lt; b &amp;&amp; c 2 * 3 = 6 -5 #tag</p>"},
        {"<p>&amp;copy; &amp;#65; &amp;lt;</p>"},
        {"<p>[x] [^1] &lt;!-- a --&gt; &lt;?php ?&gt; &lt;https://a&gt;</p>",
         "<p>[x] [^1] &lt;!-- a --&gt; &lt;?php ?&gt; &lt;<a " REL
         " href=\"https://a\">https://a</a>&gt;</p>"},
    });
}

TEST(from_html, keeps_links_and_makes_links_of_images) {
    expect_all({
        {"<p><a " REL " href=\"https://x.fr/?a=1&amp;copy=2\" title=\"&quot;t&quot;\">a</a></p>"},
        {"<p><a " REL " href=\"https://x.fr/_a_(b)*c*\">[a] *b*</a></p>"},
        {"<a href=\"http://x.fr/a_b\">http://x.fr/a_b</a>",
         "<p><a " REL " href=\"http://x.fr/a_b\">http://x.fr/a_b</a></p>"},
        {"<a href=\"javascript:alert(1)\">a</a>", "<p>a</p>"},
        {"<a href=\"page.html\">a</a>", "<p>a</p>"},
        {"<a href=\"/x\"> a </a>b", "<p><a " REL " href=\"/x\">a</a> b</p>"},
        {"<a href=\"/x\"><b>a</b></a><b>b</b>",
         "<p><a " REL " href=\"/x\"><strong>a</strong></a><strong>b</strong></p>"},
        {"<img src=\"https://x.fr/i.png\" alt=\"a [b]\">",
         "<p><a " REL " href=\"https://x.fr/i.png\">a [b]</a></p>"},
        {"<img src=\"https://x.fr/s.gif\" alt=\":)\" class=\"wp-smiley\">", "<p>:)</p>"},
        {"<a href=\"/x\"><img src=\"/i.png\" alt=\"a\"></a>", "<p><a " REL " href=\"/x\">a</a></p>"
        },
        {"voir http://x.fr/a_b_*c* ici",
         "<p>voir <a " REL " href=\"http://x.fr/a_b_*c\">http://x.fr/a_b_*c</a>* ici</p>"},
    });
}

TEST(from_html, keeps_code_exactly) {
    expect_all({
        {"<pre><code class=\"language-c++\">a  &lt; b\n\n```\n\tc\n</code></pre>"},
        {"<pre>a</pre>", "<pre><code>a\n</code></pre>"},
        {"<pre class=\"brush: php; gutter: false\">a</pre>",
         "<pre><code class=\"language-php\">a\n</code></pre>"},
        {"<pre>a<br>b</pre>", "<pre><code>a\nb\n</code></pre>"},
        {"<p><code>a`b</code> <code>``</code> <code>*c*</code> <code>\\</code></p>"},
        {"<p><kbd>a</kbd><tt>b</tt></p>", "<p><code>ab</code></p>"},
        {"<blockquote>\n<pre><code>  a\n\n  b\n</code></pre>\n</blockquote>"},
        {"<ul>\n<li>a\n<pre><code>  b\n\n  c\n</code></pre>\n</li>\n</ul>"},
    });
}

TEST(from_html, keeps_lists_and_quotes) {
    expect_all({
        {"<ul>\n<li>a</li>\n<li>b\n<ul>\n<li>c</li>\n</ul>\n</li>\n</ul>"},
        {"<ol start=\"5\">\n<li>a</li>\n<li>b</li>\n</ol>"},
        {"<ul>\n<li>\n<p>a</p>\n<p>b</p>\n</li>\n<li>\n<p>c</p>\n</li>\n</ul>"},
        {"<ul>\n<li>a</li>\n</ul>\n<ul>\n<li>b</li>\n</ul>"},
        {"<ol>\n<li>a</li>\n</ol>\n<ol>\n<li>b</li>\n</ol>\n<p>c</p>"},
        {"<ul>\n<li>\n<hr />\n</li>\n</ul>"},
        {"<ul><li></li><li>a</li></ul>", "<ul>\n<li>a</li>\n</ul>"},
        {"<ul><li>a</li><ul><li>b</li></ul></ul>",
         "<ul>\n<li>a</li>\n<li>\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>"},
        {"<blockquote>\n<p>a</p>\n<blockquote>\n<p>b</p>\n</blockquote>\n<p>c</p>\n</blockquote>"},
        {"<blockquote>\n<p>a</p>\n</blockquote>\n<blockquote>\n<p>b</p>\n</blockquote>"},
        {"<ul>\n<li>a\n<blockquote>\n<p>b</p>\n</blockquote>\n</li>\n</ul>"},
    });
}

TEST(from_html, keeps_simple_tables_and_flattens_others) {
    expect_all({
        {"<table>\n<thead>\n<tr>\n<th align=\"left\">a</th>\n<th>b</th>\n</tr>\n</thead>\n<tbody>\n"
         "<tr>\n<td align=\"left\"><code>c|d</code></td>\n<td>e|<strong>f</strong></td>\n</tr>\n"
         "</tbody>\n</table>"},
        {"<table><tr><td>a<br>b</td></tr></table>",
         "<table>\n<thead>\n<tr>\n<th></th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>a b</td>\n</tr>\n"
         "</tbody>\n</table>"},
        {"<table><tr><th>a<td><code>\\|</code></table>",
         "<table>\n<thead>\n<tr>\n<th>a</th>\n<th>\\|</th>\n</tr>\n</thead>\n</table>"},
        {"<table><tr><td>a<td><ul><li>b</ul></table>", "<p>a</p>\n<ul>\n<li>b</li>\n</ul>"},
        {"<table><tr><td colspan=2>a</table>", "<p>a</p>"},
    });
}

TEST(from_html, reads_headings_rules_and_definitions) {
    expect_all({
        {"<h2>a <b>b</b></h2>c", "<p><strong>a b</strong></p>\n<p>c</p>"},
        {"<p>a</p><hr><p>b</p>", "<p>a</p>\n<hr />\n<p>b</p>"},
        {"<dl><dt>a</dt><dd>b</dd></dl>", "<p><strong>a</strong></p>\n<p>b</p>"},
    });
}

TEST(from_html, drops_what_is_not_for_readers) {
    expect_all({
        {"<p>a</p><script>b</script><style>c</style><!-- d --><iframe>e</iframe>", "<p>a</p>"},
        {"<template>a</template><title>b</title>c", "<p>c</p>"},
        {"<svg><script>a</script><text>b</text></svg>", "<p>b</p>"},
        {"<form>a<button>b</button></form>", "<p>ab</p>"},
    });
    EXPECT_EQ(from_html("", newlines::are_space), "");
    EXPECT_EQ(from_html("<p></p><br>", newlines::are_breaks), "");
}

TEST(from_html, gives_clean_text_for_any_bytes) {
    EXPECT_EQ(from_html("a\xff\xc3", newlines::are_space), "a\ufffd\ufffd");
    EXPECT_EQ(from_html("a&#x202E;b&#1;c\u2066d", newlines::are_space), "abcd");
    EXPECT_EQ(
        from_html(std::string("<pre>a\0b</pre>", 14), newlines::are_space).find('\0'),
        std::string::npos
    );
}

}  // namespace
}  // namespace palabre::markup
