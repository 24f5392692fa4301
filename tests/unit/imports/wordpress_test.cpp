// SPDX-License-Identifier: Apache-2.0
#include "imports/wordpress.hpp"

#include "unit/imports/import_kit.hpp"

#include <gmock/gmock.h>

namespace palabre::test {

namespace {

using imports::wordpress_source;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

std::string wxr(const std::string& items, const std::string& version = "1.2") {
    return "<?xml version=\"1.0\"?>\n<rss xmlns:wp=\"http://wordpress.org/export/" + version +
           "/\"><channel>\n<wp:wxr_version>" + version + "</wp:wxr_version>\n" + items +
           "</channel></rss>";
}

std::string item(const std::string& head, const std::string& comment) {
    return "<item>" + head + "\n<wp:comment>" + comment + "</wp:comment></item>\n";
}

constexpr auto link_a = "<link>https://exemple.fr/a/</link>";
constexpr auto comment_1 =
    "<wp:comment_id>1</wp:comment_id><wp:comment_content>x</wp:comment_content>"
    "<wp:comment_date_gmt>2020-01-01 00:00:00</wp:comment_date_gmt>"
    "<wp:comment_approved>1</wp:comment_approved>";

std::vector<foreign_comment> read_wxr(const std::string& document) {
    wordpress_source source(in_memory(document));
    return read_all(source);
}

TEST(WordPress, ReadsTheFieldsOfAComment) {
    wordpress_source source(own_data("wordpress.xml"));
    const auto first = read_all(source).at(0);
    EXPECT_EQ(first.key, "1");
    EXPECT_THAT(first.parent_key, IsEmpty());
    EXPECT_EQ(first.page, "https://exemple.fr/blog/premier/");
    EXPECT_EQ(first.page_title, "Premier");
    EXPECT_EQ(first.author, "Zoé & Max");
    EXPECT_EQ(first.website, "https://zoe.exemple.fr/?a=1&b=2");
    EXPECT_EQ(first.html, "Vu <em>hier</em> : <code>a[b[0]]>1</code>\nà la ligne");
    EXPECT_EQ(to_rfc3339(first.at), "2010-03-01T12:00:00.000Z");
    EXPECT_EQ(first.line, 18u);
    EXPECT_FALSE(first.held);
    EXPECT_FALSE(first.skipped);
}

TEST(WordPress, ImportsTheTrapsAsTheyAreMeant) {
    import_bench bench;
    wordpress_source source(own_data("wordpress.xml"));
    const auto report = bench.run(source);

    EXPECT_EQ(report.read, 14u);
    EXPECT_EQ(report.added, 8u);
    EXPECT_EQ(report.held, 1u);
    EXPECT_EQ(
        report.skipped,
        (skipped_entries{
            .pingbacks = 1, .trackbacks = 1, .spam = 1, .deleted = 1, .orphans = 0, .other = 1
        })
    );
    EXPECT_EQ(report.empty_texts, 1u);
    EXPECT_EQ(report.unnamed_authors, 1u);
    EXPECT_EQ(report.dropped_websites, 1u);
    EXPECT_EQ(report.moved_replies, 4u);  // 8, 10, 13 and 20
    EXPECT_EQ(
        report.sections,
        (std::vector<imported_section>{{"/blog/premier", 7}, {"/blog/deuxieme", 1}})
    );

    EXPECT_EQ(bench.by_author("En attente").state, comment_state::held);
    EXPECT_EQ(bench.parent_of("Réponse avant sa question"), "En attente");
    EXPECT_EQ(bench.parent_of("Sous un commentaire jeté"), "Zoé & Max");
    EXPECT_EQ(bench.parent_of("Anonyme"), "");
    EXPECT_EQ(bench.parent_of("D’une autre page"), "");
    EXPECT_EQ(to_rfc3339(bench.by_author("Sans date GMT").at), "2010-05-05T10:00:00.000Z");
    EXPECT_EQ(to_rfc3339(bench.by_author("Sans date du tout").at), "2010-01-01T08:00:00.000Z");
    EXPECT_EQ(bench.by_author("Anonyme").website, std::nullopt);
}

TEST(WordPress, KeepsNoAddressOfAnAuthor) {
    import_bench bench;
    wordpress_source source(own_data("wordpress.xml"));
    bench.run(source);
    for (const auto& each : bench.stored()) {
        for (const auto& text : {each.author, each.text, each.html, each.website.value_or("")}) {
            EXPECT_THAT(text, testing::Not(HasSubstr("zoe@")));
            EXPECT_THAT(text, testing::Not(HasSubstr("192.0.2")));
        }
    }
}

TEST(WordPress, AcceptsEveryVersionAndBothSchemesOfItsNamespace) {
    for (const auto version : {"1.0", "1.1", "1.2", "1.3"})
        EXPECT_EQ(read_wxr(wxr(item(link_a, comment_1), version)).size(), 1u) << version;
    auto secure = wxr(item(link_a, comment_1));
    secure.replace(secure.find("http://wordpress"), 4, "https");
    EXPECT_EQ(read_wxr(secure).size(), 1u);
}

TEST(WordPress, TellsPagesApartWhoseAddressIsANumber) {
    const struct {
        std::string link, name, page;
    } cases[] = {
        {"https://a.fr/?p=7", "sept", "https://a.fr/sept"},
        {"https://a.fr/blog/?page_id=7", "sept", "https://a.fr/blog/sept"},
        {"https://a.fr/?attachment_id=7&amp;x=1", "", "https://a.fr/p-7"},
        {"https://a.fr/index.php?p=7", "sept", "https://a.fr/sept"},
        {"https://a.fr/sept/?p=", "x", "https://a.fr/sept/?p="},
        {"https://a.fr/sept/?page=2", "x", "https://a.fr/sept/?page=2"},
        {"", "sept", "/sept"},
        {"", "", "/p-7"},
    };
    for (const auto& c : cases) {
        const auto head = "<link>" + c.link + "</link><wp:post_id>7</wp:post_id><wp:post_name>" +
                          c.name + "</wp:post_name>";
        EXPECT_EQ(read_wxr(wxr(item(head, comment_1))).at(0).page, c.page) << c.link;
    }
}

TEST(WordPress, CountsACommentWithoutAPageAsAnOrphan) {
    EXPECT_EQ(read_wxr(wxr(item("", comment_1))).at(0).skipped, skip_reason::orphan);
}

TEST(WordPress, HoldsWhatItDoesNotKnowToBeApproved) {
    const auto approved = [](const std::string& value) {
        auto text = std::string(comment_1);
        text.replace(text.find("approved>1<") + 9, 1, value);
        return read_wxr(wxr(item(link_a, text))).at(0);
    };
    EXPECT_FALSE(approved("1").held);
    EXPECT_TRUE(approved("0").held);
    EXPECT_TRUE(approved("hold").held);
    EXPECT_TRUE(approved("").held);
    EXPECT_EQ(approved("post-trashed").skipped, skip_reason::deleted);
}

TEST(WordPress, NamesTheCommentWhoseDateCannotBeUsed) {
    for (const std::string date : {"1969-12-31 23:59:59", "2021-02-30 00:00:00", "yesterday"}) {
        auto text = std::string(comment_1);
        text.replace(text.find("2020-01-01 00:00:00"), 19, date);
        const auto error = error_of([&] { read_wxr(wxr(item(link_a, text))); });
        EXPECT_THAT(error, StartsWith("line 5, column 1: comment 1 has no date")) << error;
        EXPECT_THAT(error, HasSubstr(date));
    }
}

TEST(WordPress, RefusesWhatIsNoExportOfWordPress) {
    const struct {
        std::string document, says;
    } cases[] = {
        {"<disqus/>", "line 1, column 1: this is no WordPress export: it begins with <disqus>"},
        {"<rss><channel><item/></channel></rss>", "but not a WordPress export"},
        {wxr(item("", std::string("<wp:comment_author>x</wp:comment_author>"))),
         "line 5, column 1: a comment has no <wp:comment_id>; export again"},
        {wxr("<item><wp:comment>" + std::string(comment_1) + "</wp:comment>" + link_a + "</item>"),
         "line 4, column 212: the address of the page comes after its comments"},
    };
    for (const auto& c : cases)
        EXPECT_THAT(error_of([&] { read_wxr(c.document); }), HasSubstr(c.says));
}

TEST(WordPress, ReadsAsOftenAsAsked) {
    wordpress_source source(own_data("wordpress.xml"));
    EXPECT_EQ(read_all(source).size(), 14u);
    EXPECT_EQ(read_all(source).size(), 14u);
    std::uint64_t bytes = 0;
    source.read([](foreign_comment&&) {}, [&](std::uint64_t now) { bytes = now; });
    EXPECT_EQ(bytes, source.size_bytes());
}

TEST(WordPress, SaysThatAFileIsNotThere) {
    wordpress_source source(own_data("no-such-file.xml"));
    EXPECT_THROW(read_all(source), std::system_error);
    EXPECT_THROW((void)source.size_bytes(), std::system_error);
}

}  // namespace

}  // namespace palabre::test
