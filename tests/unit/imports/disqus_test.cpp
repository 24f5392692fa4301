// SPDX-License-Identifier: Apache-2.0
#include "imports/disqus.hpp"

#include "unit/imports/import_kit.hpp"

#include <gmock/gmock.h>

namespace palabre::test {

namespace {

using imports::disqus_source;
using testing::HasSubstr;
using testing::StartsWith;

std::vector<foreign_comment> read(const std::string& inside) {
    disqus_source source(in_memory(
        "<disqus xmlns=\"http://disqus.com\" xmlns:dsq=\"http://disqus.com/disqus-internals\">\n" +
        inside + "</disqus>"
    ));
    return read_all(source);
}

TEST(Disqus, ReadsTheFieldsOfAPost) {
    disqus_source source(own_data("disqus.xml"));
    const auto all = read_all(source);
    const auto& first = all.at(0);
    EXPECT_EQ(first.key, "1");
    EXPECT_EQ(first.parent_key, "");
    EXPECT_EQ(first.page, "https://exemple.fr/blog/premier/?utm_source=x#disqus_thread");
    EXPECT_EQ(first.page_title, "Premier");
    EXPECT_EQ(first.author, "Ada");
    EXPECT_EQ(first.website, "");
    EXPECT_THAT(first.html, StartsWith("<p>Un <b>début</b>\nsur deux lignes.</p>"));
    EXPECT_EQ(to_rfc3339(first.at), "2012-02-01T10:00:00.000Z");
    EXPECT_EQ(first.line, 19u);
    EXPECT_FALSE(first.held);
    EXPECT_EQ(all.at(2).parent_key, "2");
    EXPECT_EQ(all.at(7).page, "projets");
    EXPECT_EQ(to_rfc3339(all.at(7).at), "2012-02-08T09:00:00.250Z");
    EXPECT_EQ(all.at(8).page, "http://exemple.fr/apres");
}

TEST(Disqus, ImportsTheTrapsAsTheyAreMeant) {
    import_bench bench;
    disqus_source source(own_data("disqus.xml"));
    const auto report = bench.run(source);

    EXPECT_EQ(report.read, 9u);
    EXPECT_EQ(report.added, 4u);
    EXPECT_EQ(report.held, 0u);
    EXPECT_EQ(
        report.skipped,
        (skipped_entries{
            .pingbacks = 0, .trackbacks = 0, .spam = 1, .deleted = 2, .orphans = 2, .other = 0
        })
    );
    EXPECT_EQ(report.unnamed_authors, 1u);
    EXPECT_EQ(report.moved_replies, 1u);
    EXPECT_EQ(
        report.sections,
        (std::vector<imported_section>{{"/blog/premier", 2}, {"/apres", 1}, {"projets", 1}})
    );
    EXPECT_EQ(bench.parent_of("Anonyme"), "Ada");
    EXPECT_EQ(bench.by_author("Anonyme").depth, 1u);
}

TEST(Disqus, ReadsALineBreakAsASpace) {
    import_bench bench;
    disqus_source source(own_data("disqus.xml"));
    bench.run(source);
    const auto html = bench.by_author("Ada").html;
    EXPECT_THAT(html, HasSubstr("<strong>début</strong> sur deux lignes.</p>"));
    EXPECT_THAT(html, HasSubstr("href=\"https://exemple.org/\""));
}

TEST(Disqus, DoesNotMistakeInnerNamesForThoseOfAPost) {
    const auto all = read(
        "<thread dsq:id=\"1\"><link>/a</link><author><title>no</title></author></thread>"
        "<post dsq:id=\"5\"><author><name>A</name><message>no</message></author>"
        "<message>yes</message><thread dsq:id=\"1\"><link>/no</link></thread>"
        "<createdAt>2020-01-01T00:00:00Z</createdAt></post>"
    );
    EXPECT_EQ(all.at(0).html, "yes");
    EXPECT_EQ(all.at(0).page, "/a");
    EXPECT_EQ(all.at(0).page_title, "");
}

TEST(Disqus, SaysWhichPostIsBroken) {
    const struct {
        std::string inside, says;
    } cases[] = {
        {"<post/>", "line 2, column 1: a <post> has no dsq:id; export again"},
        {"<thread dsq:id='1'><link>/a</link></thread>\n"
         "<post dsq:id='7'><thread dsq:id='1'/></post>",
         "line 3, column 1: post 7 has no date"},
        {"<thread dsq:id='1'><link>/a</link></thread>\n"
         "<post dsq:id='7'><thread dsq:id='1'/><createdAt>1950-01-01T00:00:00Z</createdAt></post>",
         "(\"1950-01-01T00:00:00Z\")"},
    };
    for (const auto& c : cases)
        EXPECT_THAT(error_of([&] { read(c.inside); }), HasSubstr(c.says));
}

TEST(Disqus, RefusesWhatIsNoExportOfDisqus) {
    disqus_source source(own_data("wordpress.xml"));
    EXPECT_THAT(
        error_of([&] { read_all(source); }),
        HasSubstr("line 4, column 1: this is no Disqus export: it begins with <rss>")
    );
}

TEST(Disqus, TellsItsProgressOverBothReadings) {
    disqus_source source(own_data("disqus.xml"));
    std::vector<std::uint64_t> told;
    source.read([](foreign_comment&&) {}, [&](std::uint64_t bytes) { told.push_back(bytes); });
    EXPECT_THAT(told, testing::ElementsAre(source.size_bytes() / 2, source.size_bytes()));
}

}  // namespace

}  // namespace palabre::test
