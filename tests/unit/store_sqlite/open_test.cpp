// SPDX-License-Identifier: Apache-2.0
#include "contract/comment_store/vocabulary.hpp"
#include "sqlite_ground.hpp"
#include "store/sqlite/schema.hpp"

namespace palabre::store {
namespace {

using contract::a_comment;
using contract::id_of;
namespace fs = std::filesystem;

class sqlite_open : public sqlite_ground {
protected:
    // The message with which opening is refused; and that the file, and its folder, stay as they
    // are.
    std::string refusal() {
        const std::string before = read_file(file());
        const auto files = count_files();
        std::string message = "not refused";
        try {
            static_cast<void>(open());
        } catch (const store_error& error) {
            message = error.what();
        }
        EXPECT_EQ(read_file(file()), before);
        EXPECT_EQ(count_files(), files);
        EXPECT_THAT(message, testing::HasSubstr(file().string()));
        return message;
    }

    std::ptrdiff_t count_files() {
        return std::distance(fs::directory_iterator(folder_.path()), fs::directory_iterator());
    }

    void make_foreign(const char* sql) {
        std::ofstream(file()).close();
        plain().execute(sql);
    }
};

TEST_F(sqlite_open, keeps_comments_and_keys_over_a_restart) {
    const auto key = contract::once(clock_, "key", 1);
    open()->post(a_comment(1), key);
    const auto store = open();
    EXPECT_EQ(store->find(id_of(1)), a_comment(1));
    EXPECT_EQ(store->post(a_comment(2), key).status, post_status::replayed);
    EXPECT_EQ(store->list({contract::usual_section, std::nullopt, 9}).total, 1U);
}

TEST_F(sqlite_open, folds_its_log_when_it_goes) {
    open()->post(a_comment(1), std::nullopt);
    EXPECT_EQ(count_files(), 1);
}

TEST_F(sqlite_open, makes_a_folder_and_files_that_nobody_else_can_read) {
    auto deep = options();
    deep.file = folder_.path() / "var" / "palabre" / "comments.db";
    const auto store = open(deep);
    store->post(a_comment(1), std::nullopt);
    EXPECT_EQ(fs::status(deep.file.parent_path()).permissions(), fs::perms::owner_all);
    std::size_t files = 0;
    for (const auto& each : fs::directory_iterator(deep.file.parent_path())) {
        EXPECT_EQ(each.status().permissions(), fs::perms::owner_read | fs::perms::owner_write)
            << each.path();
        ++files;
    }
    EXPECT_EQ(files, 3U);  // the database, its log, the log's index
}

TEST_F(sqlite_open, leaves_the_folder_that_exists_as_it_is) {
    fs::permissions(folder_.path(), fs::perms::owner_all | fs::perms::group_read);
    static_cast<void>(open());
    EXPECT_EQ(
        fs::status(folder_.path()).permissions(), fs::perms::owner_all | fs::perms::group_read
    );
}

TEST_F(sqlite_open, writes_ahead_and_marks_the_file) {
    const auto store = open();
    auto db = plain();
    EXPECT_EQ(db.number("PRAGMA application_id"), application_id);
    EXPECT_EQ(db.number("PRAGMA user_version"), schema_version);
    EXPECT_EQ(read_file(file()).substr(18, 2), "\x02\x02");  // WAL, in the header
    EXPECT_EQ(read_file(file()).substr(68, 4), "Plbr");
}

TEST_F(sqlite_open, takes_an_empty_file_for_a_new_database) {
    std::ofstream(file()).close();
    open()->post(a_comment(1), std::nullopt);
    EXPECT_EQ(open()->find(id_of(1)), a_comment(1));
}

TEST_F(sqlite_open, refuses_a_database_of_another_program) {
    make_foreign("CREATE TABLE comments (id TEXT)");
    EXPECT_THAT(refusal(), testing::HasSubstr("another program"));
}

TEST_F(sqlite_open, refuses_a_database_of_another_program_in_write_ahead_mode) {
    make_foreign("PRAGMA application_id = 7; PRAGMA journal_mode = WAL; CREATE TABLE t (a)");
    EXPECT_THAT(refusal(), testing::HasSubstr("another program"));
}

TEST_F(sqlite_open, refuses_what_is_no_database) {
    std::ofstream(file()) << "id,author,text\n";
    EXPECT_THAT(refusal(), testing::HasSubstr("not a SQLite database"));
}

const std::string newer_version = "PRAGMA user_version = " + std::to_string(schema_version + 1);

TEST_F(sqlite_open, refuses_a_newer_version) {
    static_cast<void>(open());
    plain().execute(newer_version.c_str());
    EXPECT_THAT(refusal(), testing::HasSubstr("newer palabre"));
}

TEST_F(sqlite_open, refuses_a_newer_version_that_is_in_the_log_only) {
    static_cast<void>(open());
    auto newer = plain();
    newer.execute(newer_version.c_str());  // its connection stays: nothing is folded
    const std::string ours{'\0', '\0', '\0', static_cast<char>(schema_version)};
    ASSERT_EQ(read_file(file()).substr(60, 4), ours);
    const std::string log = read_file(file().string() + "-wal");
    EXPECT_THAT(refusal(), testing::HasSubstr("newer palabre"));
    EXPECT_EQ(read_file(file().string() + "-wal"), log);
}

TEST_F(sqlite_open, refuses_a_folder_in_place_of_the_file) {
    fs::create_directory(file());
    EXPECT_THROW(static_cast<void>(open()), store_error);
}

TEST_F(sqlite_open, names_the_path_when_the_folder_cannot_be_made) {
    std::ofstream(folder_.path() / "file").close();
    auto below_a_file = options();
    below_a_file.file = folder_.path() / "file" / "comments.db";
    EXPECT_THAT(
        [&] { static_cast<void>(open(below_a_file)); },
        testing::ThrowsMessage<store_error>(testing::HasSubstr(below_a_file.file.string()))
    );
}

TEST_F(sqlite_open, opens_twice_at_a_time) {
    const auto one = open();
    const auto two = open();
    one->post(a_comment(1), std::nullopt);
    two->post(a_comment(2), std::nullopt);
    EXPECT_EQ(one->list({contract::usual_section, std::nullopt, 9}).total, 2U);
    EXPECT_EQ(two->list({contract::usual_section, std::nullopt, 9}).total, 2U);
}

}  // namespace
}  // namespace palabre::store
