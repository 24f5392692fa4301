// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/verify.hpp"

#include "contract/comment_store/vocabulary.hpp"
#include "sqlite_ground.hpp"
#include "store/sqlite/schema.hpp"
#include "store/sqlite/statement.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <random>

namespace palabre::store {
namespace {

using contract::a_comment;
using contract::id_of;

constexpr std::uint32_t renderer = 1;  // that of a_comment()

class sqlite_verify : public sqlite_ground {
protected:
    [[nodiscard]] std::vector<finding> verified() {
        return verify(file(), renderer, timestamp{1'700'000'000'000});
    }
    [[nodiscard]] static std::string sentences(const std::vector<finding>& found) {
        std::string all;
        for (const auto& each : found)
            if (each.weight != severity::fine) all += each.sentence + "\n";
        return all;
    }
    [[nodiscard]] std::string complaints() { return sentences(verified()); }

    [[nodiscard]] audit_entry deciding(std::uint32_t number, action what, std::uint32_t about) {
        audit_entry entry;
        entry.id = id_of(100 + number);
        entry.what = what;
        entry.about = id_of(about);
        return entry;
    }

    // Every verb that writes comments, once or more.
    void write_in_every_way() {
        const auto store = open();
        for (std::uint32_t number = 1; number <= 40; ++number) {
            auto draft = a_comment(number);
            if (number % 3 == 0) draft.website = "https://example.org/" + std::to_string(number);
            if (number % 7 == 0) draft.text.append(9000, 'x');  // onto pages of its own
            store->post(draft, contract::once(clock_, std::to_string(number), 1));
        }
        auto reply = contract::held(a_comment(50));
        reply.parent = id_of(1);
        reply.depth = 1;
        store->add_missing(std::vector{reply, a_comment(51)});
        store->decide(deciding(1, action::publish, 50));
        store->decide(deciding(2, action::spam, 2));
        store->decide(deciding(3, action::remove, 1));  // leaves a tombstone
        store->decide(deciding(4, action::remove, 3));
        auto edited = a_comment(4);
        edited.text = "autre";
        edited.html = "<p>autre</p>";
        edited.edited_at = timestamp{1'650'000'000'000};
        ASSERT_TRUE(store->edit(edited, a_comment(4).text, deciding(5, action::edit, 4)));
        auto rendered = a_comment(5);
        rendered.html = "<p>anew</p>";
        store->replace_html(std::vector{rendered});
    }
};

TEST_F(sqlite_verify, finds_nothing_wrong_whatever_was_written) {
    write_in_every_way();
    const auto found = verified();
    ASSERT_EQ(found.size(), 1U) << sentences(found);
    EXPECT_EQ(found.front().weight, severity::fine);
    EXPECT_EQ(found.front().sentence, "All of its 41 comments are sound.");
}

TEST_F(sqlite_verify, looks_while_the_store_is_open) {
    const auto store = open();
    store->post(a_comment(1), std::nullopt);
    EXPECT_EQ(complaints(), "");
    store->post(a_comment(2), std::nullopt);
    EXPECT_EQ(complaints(), "");
}

TEST_F(sqlite_verify, says_that_there_is_none_and_makes_none) {
    EXPECT_EQ(complaints(), "There is none yet.\n");
    EXPECT_FALSE(std::filesystem::exists(file()));
}

TEST_F(sqlite_verify, names_a_comment_whose_words_changed) {
    write_in_every_way();
    plain().execute("UPDATE comments SET author = 'Zoë' WHERE hex(id) LIKE '%07'");
    EXPECT_EQ(complaints(), "The comment " + to_string(id_of(7)) + " is not as it was written.\n");
}

TEST_F(sqlite_verify, does_not_let_a_later_change_hide_damage) {
    write_in_every_way();
    plain().execute("UPDATE comments SET author = 'Zoë' WHERE hex(id) LIKE '%07'");
    open()->decide(deciding(9, action::spam, 7));
    EXPECT_THAT(complaints(), testing::HasSubstr("is not as it was written"));
}

TEST_F(sqlite_verify, names_a_section_that_counts_wrong) {
    write_in_every_way();
    plain().execute("UPDATE sections SET published = published + 1");
    EXPECT_THAT(complaints(), testing::HasSubstr("The section projets says that it has 40"));
}

TEST_F(sqlite_verify, misses_an_index) {
    write_in_every_way();
    plain().execute("DROP INDEX comments_by_parent");
    EXPECT_EQ(complaints(), "The table or index comments_by_parent is not there.\n");
}

TEST_F(sqlite_verify, counts_what_it_does_not_name) {
    write_in_every_way();
    plain().execute("UPDATE comments SET author = 'nobody'");
    EXPECT_EQ(verified().size(), damage_named_max + 1);
    EXPECT_THAT(complaints(), testing::HasSubstr("There are 31 more of these."));
}

TEST_F(sqlite_verify, finds_comments_from_the_future_and_of_other_renderers) {
    write_in_every_way();
    const auto found = verify(file(), renderer + 1, timestamp{1'000'000'000'000});
    EXPECT_THAT(sentences(found), testing::HasSubstr("41 comments are from the future"));
    EXPECT_THAT(sentences(found), testing::HasSubstr("41 comments were rendered by another"));
}

TEST_F(sqlite_verify, tells_of_an_older_version_and_seals_it_on_the_way_up) {
    std::ofstream(file()).close();
    {
        auto db = plain();
        db.execute(("PRAGMA application_id = " + std::to_string(application_id)).c_str());
        migrate(db, 4);
        db.execute(
            "INSERT INTO sections (section_no, section_id, published) VALUES (1, 'a', 1);"
            "INSERT INTO comments (id, section_no, at, author, text, html, renderer, depth,"
            " state, verified) VALUES (randomblob(16), 1, 1, 'a', 'b', 'c', 1, 0, 0, 0)"
        );
    }
    EXPECT_THAT(complaints(), testing::HasSubstr("Its tables are of version 4"));
    static_cast<void>(open());
    EXPECT_EQ(complaints(), "");
    plain().execute("UPDATE comments SET text = 'B'");
    EXPECT_THAT(complaints(), testing::HasSubstr("is not as it was written"));
}

TEST_F(sqlite_verify, does_not_take_a_file_of_something_else) {
    std::ofstream(file()) << "Dear diary";
    EXPECT_THAT(complaints(), testing::HasSubstr("not a SQLite database"));
}

// What readers and moderators can get out of the file, or why they get nothing.
std::string everything_readable(const std::filesystem::path& file) try {
    std::string all;
    const contract::manual_clock wall;
    sqlite_options how;
    how.file = file;
    sqlite_store store(how, wall);
    for (std::uint32_t number = 1; number <= 60; ++number) {
        const auto found = store.find_any(id_of(number));
        if (!found) continue;
        const auto& c = *found;
        all += to_string(c.id) + c.section + std::to_string(c.at.ms) + c.author + c.text + c.html +
               std::to_string(c.depth) + c.website.value_or("-") + std::to_string(c.verified) +
               std::to_string(static_cast<int>(c.state)) + c.held_because +
               (c.parent ? to_string(*c.parent) : "-") +
               std::to_string(c.edited_at.value_or(timestamp{}).ms) + "\n";
    }
    const auto shown = store.list({contract::usual_section, std::nullopt, 100});
    for (const auto& c : shown.comments)
        all += to_string(c.id) + c.html;
    return all + std::to_string(shown.total);
} catch (const store_error& error) {
    return error.what();
}

// SQLite has no checksums. Every flipped byte is noticed, or changes nothing that anybody reads.
TEST_F(sqlite_verify, notices_a_flipped_byte_wherever_it_matters) {
    write_in_every_way();
    const auto whole = read_file(file());
    const auto truth = everything_readable(file());
    constexpr int flips = 700;
    std::mt19937 chance(20'260'301);  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same each time
    std::uniform_int_distribution<std::size_t> anywhere(0, whole.size() - 1);
    int noticed = 0;
    for (int n = 0; n < flips; ++n) {
        // The header and the names of the tables first, byte by byte; then anywhere.
        const std::size_t at = n < 100 ? static_cast<std::size_t>(n) : anywhere(chance);
        auto damaged = whole;
        damaged[at] = static_cast<char>(damaged[at] ^ (1 << n % 8));
        for (const auto* beside : {"-wal", "-shm", "-journal"})
            std::filesystem::remove(file().string() + beside);
        std::ofstream(file(), std::ios::binary) << damaged;
        const bool told = !complaints().empty();
        noticed += told ? 1 : 0;
        if (!told) {
            ASSERT_EQ(everything_readable(file()), truth) << "byte " << at << ", bit " << n % 8;
        }
    }
    RecordProperty("noticed", noticed);
    EXPECT_GT(noticed, flips / 4) << "most of the file is comments and what leads to them";
}

}  // namespace
}  // namespace palabre::store
