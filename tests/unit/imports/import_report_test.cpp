// SPDX-License-Identifier: Apache-2.0
#include "service/import_report.hpp"

#include "imports/wordpress.hpp"
#include "unit/imports/import_kit.hpp"

#include <gmock/gmock.h>

namespace palabre::test {

namespace {

using testing::HasSubstr;

TEST(ImportReport, ReadsLikeThis) {
    import_bench bench;
    imports::wordpress_source source(own_data("wordpress.xml"));
    EXPECT_EQ(
        to_text(bench.run(source)),
        "Read 14 entries from a wordpress export: 8 added, 0 there already.\n"
        "Of these, 1 awaits a moderator, as before.\n"
        "Left out:\n"
        "  1 pingback\n"
        "  1 trackback\n"
        "  1 spam\n"
        "  1 deleted comment\n"
        "  1 entry of another kind\n"
        "  1 empty comment\n"
        "Good to know:\n"
        "  1 author without a name, shown as \"Anonyme\"\n"
        "  1 website dropped: no http(s) address, or too long\n"
        "  4 replies attached to an earlier comment, or to none\n"
        "Comments per page (2 pages):\n"
        "      7  /blog/premier\n"
        "      1  /blog/deuxieme\n"
    );
}

TEST(ImportReport, SaysWhenThereIsNothing) {
    import_report report;
    report.engine = "disqus";
    EXPECT_EQ(
        to_text(report),
        "Read 0 entries from a disqus export: 0 added, 0 there already.\n"
        "No comment to import was found.\n"
    );
}

TEST(ImportReport, ShowsTheLargestPagesAndCountsTheRest) {
    import_report report;
    for (int i = 0; i < 23; ++i)
        report.sections.push_back({"/" + std::to_string(i), 1});
    const auto text = to_text(report);
    EXPECT_THAT(text, HasSubstr("(23 pages)"));
    EXPECT_THAT(text, HasSubstr("      1  /19\n    ...  and 3 more\n"));
}

TEST(ImportReport, ShowsAnAddressThatCouldNotBeUsed) {
    import_report report;
    report.bad_pages = 2;
    report.first_bad_page = "\u202e/x\n" + std::string(600, 'y');
    const auto text = to_text(report);
    EXPECT_THAT(text, HasSubstr("2 comments of pages with an unusable address\n"));
    EXPECT_THAT(text, HasSubstr("the first such address: \"/x " + std::string(100, 'y')));
    EXPECT_THAT(text, testing::Not(HasSubstr("\u202e")));
}

}  // namespace

}  // namespace palabre::test
