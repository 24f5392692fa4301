// SPDX-License-Identifier: Apache-2.0
#include "service/import_comments.hpp"

#include "core/text.hpp"
#include "imports/disqus.hpp"
#include "imports/wordpress.hpp"
#include "markup/render.hpp"
#include "unit/imports/import_kit.hpp"

#include <gmock/gmock.h>

namespace palabre::test {

namespace {

using testing::HasSubstr;

template <class Change>
foreign_comment changed(foreign_comment c, Change change) {
    change(c);
    return c;
}

import_report run_entries(import_bench& bench, std::vector<foreign_comment> entries) {
    listed_source source(std::move(entries));
    return bench.run(source);
}

comment import_one(const foreign_comment& c, const limits& allowed = {}) {
    import_bench bench;
    bench.allowed = allowed;
    run_entries(bench, {c});
    return bench.stored().at(0);
}

TEST(ImportComments, MakesAWholeComment) {
    auto foreign = entry("1");
    foreign.website = "https://a.fr/";
    const auto made = import_one(foreign);
    EXPECT_EQ(made.section, "/a");
    EXPECT_EQ(made.at, foreign.at);
    EXPECT_EQ(made.author, "author 1");
    EXPECT_EQ(made.text, "text 1");
    EXPECT_EQ(made.html, "<p>text 1</p>\n");
    EXPECT_EQ(made.renderer, markup::renderer_version);
    EXPECT_EQ(made.website, "https://a.fr/");
    EXPECT_EQ(made.state, comment_state::published);
    EXPECT_EQ(made.parent, std::nullopt);
    EXPECT_EQ(made.depth, 0u);
    EXPECT_FALSE(made.verified);
    EXPECT_EQ(made.id.bytes[6] >> 4, 7) << "a UUID of version 7";
}

TEST(ImportComments, AddsNothingTheSecondTime) {
    import_bench bench;
    imports::wordpress_source source(own_data("wordpress.xml"));
    const auto first = bench.run(source);
    const auto before = bench.stored();
    const auto second = bench.run(source);
    EXPECT_EQ(first.added, 8u);
    EXPECT_EQ(first.already_there, 0u);
    EXPECT_EQ(second.added, 0u);
    EXPECT_EQ(second.already_there, 8u);
    EXPECT_EQ(bench.stored(), before);
}

TEST(ImportComments, GivesIdsThatStayTheSame) {
    EXPECT_EQ(to_string(import_one(entry("1")).id), "012eae09-c800-7383-a419-7e20cd82284c");
}

TEST(ImportComments, GivesOtherIdsToOtherEnginesSectionsAndKeys) {
    const auto one = import_one(entry("1")).id;
    EXPECT_NE(import_one(entry("2")).id, one);
    EXPECT_NE(import_one(changed(entry("1"), [](foreign_comment& c) { c.page = "/b"; })).id, one);
    EXPECT_EQ(
        import_one(changed(entry("1"), [](foreign_comment& c) { c.page = "/a/?x=1"; })).id, one
    );
}

TEST(ImportComments, AddsOnlyWhatIsNewInALaterExport) {
    import_bench bench;
    run_entries(bench, {entry("1"), entry("2")});
    const auto report = run_entries(bench, {entry("1"), entry("2"), entry("3", "1")});
    EXPECT_EQ(report.added, 1u);
    EXPECT_EQ(report.already_there, 2u);
    EXPECT_EQ(bench.parent_of("author 3"), "author 1");
}

TEST(ImportComments, KeepsHeldCommentsHeldAndTheirRepliesUnderThem) {
    import_bench bench;
    const auto report = run_entries(
        bench, {changed(entry("1"), [](foreign_comment& c) { c.held = true; }), entry("2", "1")}
    );
    EXPECT_EQ(report.held, 1u);
    EXPECT_EQ(bench.store.count_held(), 1u);
    EXPECT_EQ(bench.by_author("author 1").state, comment_state::held);
    EXPECT_EQ(bench.parent_of("author 2"), "author 1");
}

TEST(ImportComments, FindsAParentThatComesLater) {
    import_bench bench;
    run_entries(bench, {entry("3", "2"), entry("2", "1"), entry("1")});
    EXPECT_EQ(bench.by_author("author 3").depth, 2u);
    EXPECT_EQ(bench.parent_of("author 3"), "author 2");
}

TEST(ImportComments, LooksPastWhatWasLeftOut) {
    const auto deleted = [](foreign_comment& c) { c.skipped = skip_reason::deleted; };
    const auto elsewhere = [](foreign_comment& c) { c.page = "/other"; };
    const auto empty = [](foreign_comment& c) { c.html = "<p>&nbsp;\u200b</p>"; };
    import_bench bench;
    const auto report = run_entries(
        bench,
        {entry("1"),
         changed(entry("2", "1"), deleted),
         changed(entry("3", "2"), elsewhere),
         changed(entry("4", "3"), empty),
         entry("5", "4"),
         entry("6", "no such")}
    );
    EXPECT_EQ(report.empty_texts, 1u);
    EXPECT_EQ(report.moved_replies, 3u);
    EXPECT_EQ(bench.parent_of("author 5"), "author 1");
    EXPECT_EQ(bench.by_author("author 5").depth, 1u);
    EXPECT_EQ(bench.parent_of("author 3"), "");
    EXPECT_EQ(bench.parent_of("author 6"), "");
}

TEST(ImportComments, StopsLookingPastAfterAThousand) {
    std::vector<foreign_comment> chain{entry("0")};
    for (int i = 1; i <= 1'001; ++i) {
        chain.push_back(changed(
            entry(std::to_string(i), std::to_string(i - 1)),
            [](foreign_comment& c) { c.skipped = skip_reason::deleted; }
        ));
    }
    chain.push_back(entry("near", "999"));
    chain.push_back(entry("far", "1000"));
    import_bench bench;
    run_entries(bench, std::move(chain));
    EXPECT_EQ(bench.parent_of("author near"), "author 0");
    EXPECT_EQ(bench.parent_of("author far"), "");
}

TEST(ImportComments, AttachesWhatIsTooDeepHigherUp) {
    import_bench bench;
    bench.allowed.reply_depth = 3;
    std::vector<foreign_comment> chain{entry("0")};
    for (int i = 1; i <= 6; ++i)
        chain.push_back(entry(std::to_string(i), std::to_string(i - 1)));
    const auto report = run_entries(bench, std::move(chain));
    EXPECT_EQ(report.moved_replies, 3u);
    EXPECT_EQ(bench.parent_of("author 3"), "author 2");
    for (const auto deep : {"author 3", "author 4", "author 5", "author 6"}) {
        EXPECT_EQ(bench.parent_of(deep), "author 2");
        EXPECT_EQ(bench.by_author(deep).depth, 3u);
    }
}

TEST(ImportComments, CanHaveNoRepliesAtAll) {
    import_bench bench;
    bench.allowed.reply_depth = 0;
    run_entries(bench, {entry("1"), entry("2", "1")});
    EXPECT_EQ(bench.parent_of("author 2"), "");
    EXPECT_EQ(bench.by_author("author 2").depth, 0u);
}

TEST(ImportComments, CutsLoopsOfParents) {
    import_bench bench;
    const auto report = run_entries(
        bench, {entry("1", "3"), entry("2", "1"), entry("3", "2"), entry("4", "4"), entry("5", "3")}
    );
    EXPECT_EQ(report.added, 5u);
    int roots = 0;
    for (const auto& each : bench.stored()) {
        if (!each.parent) ++roots;
        EXPECT_EQ(each.depth, each.parent ? bench.store.find(*each.parent)->depth + 1 : 0);
    }
    EXPECT_EQ(roots, 2);
}

TEST(ImportComments, PlacesAVeryDeepThreadWithoutRecursion) {
    constexpr int replies = 40'000;
    std::vector<foreign_comment> chain;
    for (int i = replies; i > 0; --i)
        chain.push_back(entry(std::to_string(i), std::to_string(i - 1)));
    chain.push_back(entry("0"));
    import_bench bench;
    EXPECT_EQ(run_entries(bench, std::move(chain)).added, replies + 1u);
    EXPECT_EQ(bench.by_author("author 40000").depth, bench.allowed.reply_depth);
}

TEST(ImportComments, CountsAKeyThatComesTwiceOnce) {
    import_bench bench;
    const auto again = changed(entry("1"), [](foreign_comment& c) { c.author = "twin"; });
    const auto report = run_entries(bench, {entry("1"), again});
    EXPECT_EQ(report.added, 1u);
    EXPECT_EQ(report.duplicates, 1u);
    EXPECT_EQ(bench.stored().at(0).author, "author 1");
}

TEST(ImportComments, CleansNames) {
    const struct {
        std::string given, kept;
    } cases[] = {
        {"  Zoé \n", "Zoé"},
        {"a\u202eb\u2066c", "abc"},
        {"a\tb\x01\u0085"
         "c",
         "a bc"},
        {"", "Anonyme"},
        {" \u200b ", "Anonyme"},
        {"\u202e", "Anonyme"},
        {"a\xff"
         "b",
         "ab"},
    };
    for (const auto& c : cases) {
        const auto author =
            import_one(changed(entry("1"), [&](foreign_comment& f) { f.author = c.given; })).author;
        EXPECT_EQ(author, c.kept) << c.given;
    }
}

TEST(ImportComments, CutsLongNamesBetweenCharacters) {
    limits allowed;
    allowed.author_characters = 4;
    const auto author = [&](const std::string& name) {
        return import_one(
                   changed(entry("1"), [&](foreign_comment& f) { f.author = name; }), allowed
        )
            .author;
    };
    EXPECT_EQ(author("éèêë"), "éèêë");
    EXPECT_EQ(author("éèêëē"), "éèê…");
    EXPECT_EQ(author("éè ëē"), "éè…");
}

TEST(ImportComments, KeepsOnlyWebsitesThatCanBeFollowed) {
    limits allowed;
    allowed.website_characters = 30;
    for (const std::string url : {
             "javascript:alert(1)",
             "http://",
             "a.fr",
             "mailto:a@a.fr",
             "https://a.fr/0123456789012345678",
         }) {
        const auto with_url = changed(entry("1"), [&](foreign_comment& f) { f.website = url; });
        EXPECT_EQ(import_one(with_url, allowed).website, std::nullopt) << url;
    }
    const auto good =
        changed(entry("1"), [](foreign_comment& f) { f.website = " http://a.fr/x "; });
    EXPECT_EQ(import_one(good, allowed).website, "http://a.fr/x");
}

TEST(ImportComments, KeepsLongTextsWhole) {
    import_bench bench;
    bench.allowed.text_characters = 100;
    const auto words = std::string(60'000, 'x');
    const auto report = run_entries(
        bench, {changed(entry("1"), [&](foreign_comment& c) { c.html = "<p>" + words + "</p>"; })}
    );
    EXPECT_EQ(report.long_texts, 1u);
    EXPECT_EQ(bench.stored().at(0).text, words);
}

TEST(ImportComments, KeepsTextsThatAreNestedBeyondAnyLimit) {
    limits allowed;
    allowed.markup_depth = 1;
    for (const int depth : {3, 50, 5'000}) {
        std::string html;
        for (int i = 0; i < depth; ++i)
            html += "<blockquote>";
        const auto made = import_one(
            changed(entry("1"), [&](foreign_comment& c) { c.html = html + "enfoui"; }), allowed
        );
        EXPECT_THAT(made.html, HasSubstr("enfoui")) << depth;
    }
}

TEST(ImportComments, CountsPagesThatCannotBeSections) {
    import_bench bench;
    const auto report = run_entries(
        bench,
        {changed(entry("1"), [](foreign_comment& c) { c.page = "/" + std::string(600, 'x'); }),
         changed(entry("2"), [](foreign_comment& c) { c.page = ""; }),
         changed(entry("3"), [](foreign_comment& c) { c.page = "un nom"; })}
    );
    EXPECT_EQ(report.bad_pages, 2u);
    EXPECT_EQ(report.first_bad_page, "/" + std::string(600, 'x'));
    EXPECT_EQ(report.added, 1u);
}

TEST(ImportComments, NamesTheCommentWhoseDateIsOutOfRange) {
    for (const auto at : {timestamp{-1}, timestamp{timestamp_max.ms + 1}}) {
        import_bench bench;
        const auto bad = changed(entry("7"), [&](foreign_comment& c) {
            c.at = at;
            c.line = 12;
        });
        EXPECT_THAT(
            error_of([&] { run_entries(bench, {entry("1"), bad}); }),
            HasSubstr("line 12: comment 7 has a date")
        );
        EXPECT_TRUE(bench.stored().empty());
    }
}

TEST(ImportComments, NoticesAnExportThatChanges) {
    const std::vector<foreign_comment> before{entry("1"), entry("2")};
    const std::vector<foreign_comment> changes[] = {
        {entry("1")},
        {entry("1"), entry("2"), entry("3")},
        {entry("2"), entry("1")},
        {changed(entry("1"), [](foreign_comment& c) { c.html += "!"; }), entry("2")},
        {changed(entry("1"), [](foreign_comment& c) { c.held = true; }), entry("2")},
        {entry("1"), changed(entry("2"), [](foreign_comment& c) { ++c.at.ms; })},
        {entry("1"), changed(entry("2"), [](foreign_comment& c) { c.skipped = skip_reason::spam; })
        },
    };
    for (const auto& after : changes) {
        import_bench bench;
        listed_source source(before);
        source.entries_later = after;
        EXPECT_THAT(
            error_of([&] { bench.run(source); }),
            HasSubstr("the export changed while it was being read")
        );
    }
}

TEST(ImportComments, StoresInBatchesAndGoesOnAfterAFailure) {
    std::vector<foreign_comment> many;
    for (int i = 0; i < 1'250; ++i)
        many.push_back(entry(std::to_string(i)));
    import_bench bench;
    listed_source source(many);
    breakable_store store(bench.store);
    store.break_down();
    EXPECT_THROW(import_comments(store, bench.allowed).run(source, {}), store_error);
    store.mend();
    EXPECT_EQ(import_comments(store, bench.allowed).run(source, {}).added, 1'250u);
}

TEST(ImportComments, TellsItsProgress) {
    import_bench bench;
    imports::disqus_source source(own_data("disqus.xml"));
    std::vector<import_progress> told;
    import_comments(bench.store, bench.allowed).run(source, [&](const import_progress& now) {
        told.push_back(now);
    });
    ASSERT_EQ(told.size(), 4u);
    EXPECT_EQ(told.at(1).at, import_progress::stage::checking);
    EXPECT_EQ(told.at(3).at, import_progress::stage::storing);
    for (const auto i : {1u, 3u})
        EXPECT_EQ(told.at(i).bytes, told.at(i).bytes_total);
}

TEST(ImportComments, ShowsAReaderTheSameAsTheOtherEngineDid) {
    const struct {
        foreign_newlines meaning;
        std::string html, shown;
    } cases[] = {
        {foreign_newlines::are_space, "<p>un\ndeux</p>", "<p>un deux</p>\n"},
        {foreign_newlines::are_breaks, "un\ndeux", "<p>un<br />\ndeux</p>\n"},
        {foreign_newlines::are_breaks, "un\n\ndeux", "<p>un</p>\n<p>deux</p>\n"},
        {foreign_newlines::are_space,
         "<p><b>a</b> <i>b</i></p>",
         "<p><strong>a</strong> <em>b</em></p>\n"},
        {foreign_newlines::are_space, "<p>2 * 3 * 4 _x_ [a](b)</p>", "<p>2 * 3 * 4 _x_ [a](b)</p>\n"
        },
        {foreign_newlines::are_space, "<p># pas un titre</p>", "<p># pas un titre</p>\n"},
        {foreign_newlines::are_space,
         "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
         "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"},
        {foreign_newlines::are_space, "<script>alert(1)</script><p>a</p>", "<p>a</p>\n"},
    };
    for (const auto& c : cases) {
        import_bench bench;
        listed_source source({changed(entry("1"), [&](foreign_comment& f) { f.html = c.html; })});
        source.meaning = c.meaning;
        bench.run(source);
        EXPECT_EQ(bench.stored().at(0).html, c.shown);
    }
}

TEST(ImportComments, StoresOnlyWhatAPostCouldHold) {
    import_bench bench;
    const auto dirty =
        changed(entry("1"), [](foreign_comment& c) { c.html = "<p>a&#x202E;b\u0085c&#1;d</p>"; });
    run_entries(bench, {dirty});
    const auto made = bench.stored().at(0);
    EXPECT_EQ(find_text_problem(made.text, line_breaks::allowed), std::nullopt) << made.text;
}

}  // namespace

}  // namespace palabre::test
