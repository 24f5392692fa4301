// SPDX-License-Identifier: Apache-2.0
#include "contract/records_suite.hpp"
#include "sqlite_ground.hpp"
#include "store/sqlite/folder_use.hpp"
#include "store/sqlite/record_writer.hpp"
#include "store/sqlite/replace_file.hpp"
#include "store/sqlite/schema.hpp"

namespace palabre::contract {
namespace {

made_home make_home(const clock& wall, const all_records& all) {
    auto folder = std::make_shared<store::temporary_folder>();
    store::sqlite_options options;
    options.file = folder->path() / "comments.db";
    {
        store::record_writer writer(options.file);
        put_all(all, writer);
    }
    auto store = std::make_unique<store::sqlite_store>(options, wall);
    made_home home{std::move(folder), nullptr, store.get(), store.get(), store.get()};
    home.store = std::move(store);
    return home;
}

INSTANTIATE_TEST_SUITE_P(
    sqlite,
    records_suite,
    testing::Values(home_case{"sqlite", make_home}),
    testing::PrintToStringParamName()
);

}  // namespace
}  // namespace palabre::contract

namespace palabre::store {
namespace {

using contract::a_comment;
using contract::id_of;
namespace fs = std::filesystem;

class sqlite_replacing : public sqlite_ground {
protected:
    sqlite_replacing() { fs::create_directory(kept()); }

    [[nodiscard]] fs::path kept() const { return folder_.path() / "kept"; }

    // A new database with one comment of that number.
    [[nodiscard]] fs::path make(std::uint32_t number) {
        auto made = folder_.path() / "new.db";
        record_writer writer(made);
        writer.put_comment(a_comment(number));
        writer.finish();
        return made;
    }

    // The numbers of the comments in a database.
    std::vector<std::uint32_t> numbers_in(const fs::path& at) {
        auto where = options();
        where.file = at;
        return contract::numbers(
            open(where)->list({contract::usual_section, std::nullopt, 9}).comments
        );
    }
};

using numbers = std::vector<std::uint32_t>;

TEST_F(sqlite_replacing, puts_one_in_the_place_of_the_other_and_keeps_that) {
    open()->post(a_comment(1), std::nullopt);
    replace_database(make(2), file(), kept());
    EXPECT_EQ(numbers_in(file()), numbers{2});
    EXPECT_EQ(numbers_in(kept() / "comments.db"), numbers{1});
    EXPECT_FALSE(fs::exists(folder_.path() / "new.db"));
}

TEST_F(sqlite_replacing, needs_nothing_to_replace) {
    replace_database(make(2), file(), kept());
    EXPECT_EQ(numbers_in(file()), numbers{2});
    EXPECT_TRUE(fs::is_empty(kept()));
}

// A log that stayed behind a crash holds comments of the old database. They must neither be lost
// from what is kept nor show up in the new one.
TEST_F(sqlite_replacing, folds_a_log_that_a_crash_left) {
    {
        const auto store = open();
        store->post(a_comment(1), std::nullopt);
        fs::copy_file(file(), folder_.path() / "copy.db");
        fs::copy_file(file().native() + "-wal", folder_.path() / "copy.db-wal");
    }
    fs::rename(folder_.path() / "copy.db", file());
    fs::rename(folder_.path() / "copy.db-wal", file().native() + "-wal");
    replace_database(make(2), file(), kept());
    EXPECT_FALSE(fs::exists(file().native() + "-wal"));
    EXPECT_EQ(numbers_in(file()), numbers{2});
    EXPECT_EQ(numbers_in(kept() / "comments.db"), numbers{1});
}

TEST_F(sqlite_replacing, keeps_a_damaged_database_with_its_log_as_they_are) {
    std::ofstream(file()) << "no database at all";
    std::ofstream(file().native() + "-wal") << "and no log";
    replace_database(make(2), file(), kept());
    EXPECT_EQ(numbers_in(file()), numbers{2});
    EXPECT_EQ(read_file(kept() / "comments.db"), "no database at all");
    EXPECT_EQ(read_file(kept() / "comments.db-wal"), "and no log");
}

TEST_F(sqlite_replacing, leaves_everything_when_the_old_cannot_be_kept) {
    open()->post(a_comment(1), std::nullopt);
    const auto made = make(2);
    EXPECT_THROW(replace_database(made, file(), folder_.path() / "missing"), std::exception);
    EXPECT_EQ(numbers_in(file()), numbers{1});
}

TEST_F(sqlite_replacing, has_to_wait_for_whoever_uses_the_folder) {
    {
        const auto one = open();
        const auto other = open();
        EXPECT_THROW(static_cast<void>(take_folder_of(file())), store_error);
    }
    const auto alone = take_folder_of(file());
    try {
        static_cast<void>(open());
        FAIL() << "opened beneath a restore";
    } catch (const store_error& error) {
        EXPECT_THAT(error.what(), testing::HasSubstr("being restored"));
        EXPECT_THAT(error.what(), testing::HasSubstr(folder_.path().string()));
    }
}

class sqlite_record_writing : public sqlite_ground {};

TEST_F(sqlite_record_writing, makes_one_file_of_the_present_version_for_its_owner_alone) {
    {
        record_writer writer(file());
        contract::put_all(contract::everything(), writer);
    }
    EXPECT_EQ(fs::status(file()).permissions(), fs::perms::owner_read | fs::perms::owner_write);
    EXPECT_EQ(plain().number("PRAGMA user_version"), schema_version);
    auto db = plain();
    statement check(db, "PRAGMA integrity_check");
    auto rows = check.run();
    ASSERT_TRUE(rows.next());
    EXPECT_EQ(rows.text(0), "ok");
    EXPECT_EQ(db.number("SELECT count(*) FROM pragma_foreign_key_check"), 0);
}

TEST_F(sqlite_record_writing, makes_the_same_tables_and_indices_as_a_database_that_grew) {
    record_writer(file()).finish();
    auto other = options();
    other.file = folder_.path() / "grown.db";
    static_cast<void>(open(other));
    const auto schema_of = [](const fs::path& at) {
        database db(at, access::read_only, std::chrono::milliseconds{0});
        statement query(db, "SELECT name, coalesce(sql, '') FROM sqlite_schema ORDER BY name");
        auto rows = query.run();
        std::vector<std::string> all;
        while (rows.next())
            all.push_back(rows.text(0) + ": " + rows.text(1));
        return all;
    };
    EXPECT_EQ(schema_of(file()), schema_of(other.file));
    EXPECT_GT(schema_of(file()).size(), 10U);
}

// More than one commit, so that there is something to take up.
constexpr std::uint32_t many = 12'000;

comment one_of_many(std::uint32_t number) {
    auto made = a_comment(number, number % 3 == 0 ? "three" : "others");
    if (number % 7 == 0) made.state = comment_state::spam;
    return made;
}

TEST_F(sqlite_record_writing, is_taken_up_where_it_was_left) {
    std::optional<comment_id> from;
    {
        record_writer writer(file(), half_made::taken_up);
        EXPECT_EQ(writer.has_up_to(), std::nullopt);
        for (std::uint32_t number = 1; number <= many; ++number)
            writer.put_comment(one_of_many(number));
    }
    EXPECT_THROW(static_cast<void>(open()), store_error) << "half a database was opened";
    {
        record_writer writer(file(), half_made::taken_up);
        from = writer.has_up_to();
        ASSERT_TRUE(from);
        ASSERT_LT(*from, id_of(many)) << "everything was committed: nothing is tried here";
        writer.put_closed_section("three");
        for (auto number = contract::number_of(*from) + 1; number <= many; ++number)
            writer.put_comment(one_of_many(number));
        writer.finish();
    }
    EXPECT_FALSE(fs::exists(file().native() + "-wal"));
    record_writer whole(folder_.path() / "whole.db");
    whole.put_closed_section("three");
    for (std::uint32_t number = 1; number <= many; ++number)
        whole.put_comment(one_of_many(number));
    whole.finish();
    auto other = options();
    other.file = folder_.path() / "whole.db";
    const auto taken_up = open();
    const auto at_once = open(other);
    EXPECT_EQ(contract::records_of(*taken_up), contract::records_of(*at_once));
    const std::vector<std::string> sections{"three", "others"};
    for (std::size_t i = 0; i < sections.size(); ++i) {
        EXPECT_EQ(taken_up->counts(sections)[i].published, at_once->counts(sections)[i].published);
    }
    EXPECT_EQ(
        taken_up->post(a_comment(many + 1, "three"), std::nullopt).status, post_status::closed
    );
    EXPECT_EQ(
        taken_up->post(a_comment(many + 1, "others"), std::nullopt).status, post_status::stored
    );
}

TEST_F(sqlite_record_writing, takes_up_nothing_that_it_did_not_leave) {
    record_writer(file()).finish();
    EXPECT_THROW((record_writer{file(), half_made::taken_up}), store_error) << "a whole database";
    fs::remove(file());
    std::ofstream(file()) << "no database at all, but some bytes that nobody may overwrite";
    EXPECT_THROW((record_writer{file(), half_made::taken_up}), store_error);
}

TEST_F(sqlite_record_writing, refuses_a_file_that_is_there) {
    std::ofstream(file()).close();
    EXPECT_THROW(record_writer{file()}, store_error);
}

}  // namespace
}  // namespace palabre::store
