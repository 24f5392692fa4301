// SPDX-License-Identifier: Apache-2.0
#include "contract/records/vocabulary.hpp"
#include "store/sqlite/record_file.hpp"
#include "store/sqlite/record_writer.hpp"
#include "store/sqlite/sqlite_store.hpp"
#include "unit/cli/program.hpp"

#include <fstream>
#include <span>

namespace palabre::test {
namespace {

namespace fs = std::filesystem;
using contract::a_comment;
using contract::everything;
using ::testing::HasSubstr;

class moving : public ::testing::Test {
protected:
    void make_home(const std::string& folder, const contract::all_records& all) {
        fs::create_directory(here_.path() / folder);
        store::record_writer writer(database_in(folder));
        contract::put_all(all, writer);
    }

    [[nodiscard]] fs::path database_in(const std::string& folder) const {
        return here_.path() / folder / "comments.sqlite";
    }

    [[nodiscard]] contract::all_records records_in(const std::string& folder) const {
        store::record_file file(database_in(folder));
        return contract::records_of(file);
    }

    // As a machine leaves it that stopped in the midst of a move into the folder "new".
    void leave_half(std::span<const comment> moved) {
        const auto work = here_.path() / "new" / "moving";
        fs::create_directories(work);
        store::record_writer half(work / "comments.sqlite", store::half_made::taken_up);
        for (const auto& each : moved)
            half.put_comment(each);
    }

    static contract::all_records many_comments(std::uint32_t count) {
        contract::all_records all;
        for (std::uint32_t number = 1; number <= count; ++number)
            all.comments.push_back(a_comment(number));
        return all;
    }

    outcome move(const std::string& from, const std::string& to) {
        return run(here_.path(), {"move", "--from", from, "--to", to});
    }

    temporary_folder here_;
};

TEST_F(moving, takes_everything_along_and_leaves_it_where_it_was) {
    make_home("old", everything());
    const auto moved = move("sqlite:old", "sqlite:new");
    EXPECT_EQ(moved.code, 0) << moved.complaints;
    EXPECT_EQ(
        moved.output,
        "Moved 7 comments, 7 audit entries, 4 keys and 2 closed sections from sqlite:old to "
        "sqlite:new.\nAll of it was read back there, and is the same.\n"
    );
    EXPECT_EQ(records_in("new"), everything());
    EXPECT_EQ(records_in("old"), everything());
    EXPECT_FALSE(fs::exists(here_.path() / "new" / "moving"));
    contract::manual_clock clock;
    store::sqlite_options options;
    options.file = database_in("new");
    store::sqlite_store served(options, clock);
    EXPECT_EQ(served.post(a_comment(9, "x"), std::nullopt).status, post_status::stored);
}

TEST_F(moving, mixes_no_two_homes) {
    make_home("old", everything());
    make_home("new", {{}, {a_comment(77)}, {}, {}});
    const auto refused = move("sqlite:old", "sqlite:new");
    EXPECT_EQ(refused.code, 1);
    EXPECT_THAT(refused.complaints, HasSubstr("a move does not mix two homes"));
    EXPECT_EQ(records_in("new").comments, std::vector{a_comment(77)});
}

TEST_F(moving, moves_into_a_database_without_anything_in_it) {
    make_home("old", everything());
    make_home("new", {});
    EXPECT_EQ(move("sqlite:old", "sqlite:new").code, 0);
    EXPECT_EQ(records_in("new"), everything());
}

TEST_F(moving, waits_for_no_server) {
    make_home("old", everything());
    contract::manual_clock clock;
    store::sqlite_options options;
    options.file = database_in("old");
    const store::sqlite_store serving(options, clock);
    const auto refused = move("sqlite:old", "sqlite:new");
    EXPECT_EQ(refused.code, 1);
    EXPECT_THAT(refused.complaints, HasSubstr("stop the server"));
    EXPECT_FALSE(fs::exists(database_in("new")));
}

TEST_F(moving, goes_on_where_it_was_interrupted) {
    const auto all = many_comments(12'000);
    make_home("old", all);
    leave_half(std::span(all.comments).first(all.comments.size() / 2));
    EXPECT_FALSE(fs::exists(database_in("new"))) << "nobody may serve half of it";
    const auto moved = move("sqlite:old", "sqlite:new");
    EXPECT_EQ(moved.code, 0) << moved.complaints;
    EXPECT_THAT(moved.complaints, HasSubstr("Going on after comment "));
    EXPECT_EQ(records_in("new"), all);
}

TEST_F(moving, notices_what_changed_between_two_tries) {
    const auto all = many_comments(6'000);
    make_home("old", all);
    auto moved = all.comments;
    moved.front().text = "as it was before its author changed it";
    moved.pop_back();
    leave_half(moved);
    const auto refused = move("sqlite:old", "sqlite:new");
    EXPECT_EQ(refused.code, 1);
    EXPECT_THAT(refused.complaints, HasSubstr("not the same"));
    EXPECT_THAT(refused.complaints, HasSubstr("empty the new home and move again"));
    EXPECT_FALSE(fs::exists(database_in("new")));
}

TEST_F(moving, explains_what_it_was_not_given) {
    EXPECT_THAT(move("data", "sqlite:new").complaints, HasSubstr("write sqlite:FOLDER"));
    EXPECT_EQ(move("data", "sqlite:new").code, 2);
    EXPECT_THAT(move("sqlite:none", "sqlite:new").complaints, HasSubstr("no such database"));
    EXPECT_FALSE(fs::exists(here_.path() / "none"));
    make_home("old", everything());
    EXPECT_THAT(move("sqlite:old", "sqlite:old").complaints, HasSubstr("the same home"));
    fs::create_directory(here_.path() / "broken");
    std::ofstream(database_in("broken")) << "no database at all, but some bytes of something else";
    EXPECT_EQ(move("sqlite:broken", "sqlite:new").code, 1);
}

}  // namespace
}  // namespace palabre::test
