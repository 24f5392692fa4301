// SPDX-License-Identifier: Apache-2.0
#include "imports/disqus.hpp"
#include "imports/wordpress.hpp"
#include "unit/imports/import_kit.hpp"

#include <gmock/gmock.h>

namespace palabre::test {

namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class PublicExports : public testing::Test {
protected:
    import_bench bench;
};

TEST_F(PublicExports, OfTheWordPressThemeUnitTest) {
    const auto file = public_data("wordpress-theme-unit-test.xml");
    if (!std::filesystem::exists(file)) GTEST_SKIP() << "not at hand: " << file.filename();
    imports::wordpress_source source(file);
    const auto report = bench.run(source);

    EXPECT_EQ(report.read, 33u);
    EXPECT_EQ(report.added, 29u);
    EXPECT_EQ(report.held, 3u);
    EXPECT_EQ(
        report.skipped,
        (skipped_entries{
            .pingbacks = 2, .trackbacks = 2, .spam = 0, .deleted = 0, .orphans = 0, .other = 0
        })
    );
    EXPECT_EQ(report.empty_texts, 0u);
    EXPECT_EQ(report.dropped_websites, 0u);
    EXPECT_EQ(report.moved_replies, 1u);  // its thread is one deeper than we go
    EXPECT_EQ(
        report.sections,
        (std::vector<imported_section>{
            {"/2012/01/03/template-comments", 20},
            {"/about/page-with-comments", 4},
            {"/2009/08/06/edge-case-no-content", 1},
            {"/2012/01/01/template-pingbacks-an-trackbacks", 1},
            {"/2012/01/04/template-password-protected", 1},
            {"/blog", 1},
            {"/wp-6-1-theme-block-category", 1},
        })
    );

    const auto greek = bench.by_author("John Μαρία Doe Ντουε");
    EXPECT_EQ(to_rfc3339(greek.at), "2013-03-14T18:23:24.000Z");
    EXPECT_EQ(greek.website, "http://example.org/");
    EXPECT_THAT(greek.html, HasSubstr("Σίγουρα θα σχολιάσουμε τα τεστς!"));
    EXPECT_EQ(bench.by_author("ken").state, comment_state::held);
    EXPECT_EQ(bench.parent_of("themereviewteam"), "tellyworthtest2");
    EXPECT_EQ(bench.run(source).added, 0u);
}

TEST_F(PublicExports, KeepTheirThreads) {
    const auto file = public_data("wordpress-theme-unit-test.xml");
    if (!std::filesystem::exists(file)) GTEST_SKIP() << "not at hand: " << file.filename();
    imports::wordpress_source source(file);
    bench.run(source);
    for (const auto& each : bench.stored()) {
        const auto words = each.text.find("Comment Depth ");
        if (words != 0) continue;
        const auto written = std::stoul(each.text.substr(std::string("Comment Depth ").size(), 2));
        EXPECT_EQ(each.depth, std::min<std::uint32_t>(written - 1, 8)) << each.text;
    }
}

TEST_F(PublicExports, KeepTheirMarkup) {
    const auto file = public_data("wordpress-theme-unit-test.xml");
    if (!std::filesystem::exists(file)) GTEST_SKIP() << "not at hand: " << file.filename();
    imports::wordpress_source source(file);
    bench.run(source);
    const auto rich = bench.by_author("John Γιάννης Doe Κάποιος").html;
    EXPECT_THAT(
        rich,
        AllOf(
            HasSubstr("<strong>Headings</strong>"),
            HasSubstr("<blockquote>\n<p>Stay hungry. Stay foolish.</p>"),
            HasSubstr("<td>$100M</td>"),
            HasSubstr("<code>&lt;blockquote&gt;</code>"),
            HasSubstr("<ul>"),
            HasSubstr("<ol>"),
            HasSubstr("<pre><code>"),
            Not(HasSubstr("<h1")),
            Not(HasSubstr("<img"))
        )
    );
}

TEST_F(PublicExports, OfDisqus) {
    const auto file = public_data("disqus-small.xml");
    if (!std::filesystem::exists(file)) GTEST_SKIP() << "not at hand: " << file.filename();
    imports::disqus_source source(file);
    const auto report = bench.run(source);

    EXPECT_EQ(report.read, 6u);
    EXPECT_EQ(report.added, 4u);
    EXPECT_EQ(
        report.skipped,
        (skipped_entries{
            .pingbacks = 0, .trackbacks = 0, .spam = 0, .deleted = 1, .orphans = 1, .other = 0
        })
    );
    EXPECT_EQ(report.moved_replies, 1u);
    EXPECT_EQ(
        report.sections, (std::vector<imported_section>{{"/", 3}, {"/blog/2013/02/12/redacted", 1}})
    );
    EXPECT_EQ(to_rfc3339(bench.by_author("peter").at), "2013-10-10T19:20:29.000Z");
    EXPECT_EQ(bench.by_author("Empty").text, "Message from thread with empty title and id");
    int replies = 0;
    for (const auto& each : bench.stored())
        replies += each.parent ? 1 : 0;
    EXPECT_EQ(replies, 1);
    EXPECT_EQ(bench.run(source).added, 0u);
}

}  // namespace

}  // namespace palabre::test
