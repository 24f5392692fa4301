// SPDX-License-Identifier: Apache-2.0
#include "contract/records/vocabulary.hpp"
#include "store/sqlite/record_writer.hpp"
#include "store/sqlite/sqlite_store.hpp"
#include "unit/cli/program.hpp"
#include "util/file_lock.hpp"

#include <chrono>
#include <csignal>
#include <fstream>
#include <functional>
#include <iostream>
#include <thread>

namespace palabre::test {
namespace {

namespace fs = std::filesystem;
using contract::everything;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr std::string_view backup_settings = R"([server]
http = ["127.0.0.1:0"]
[metrics]
listen = "off"
[backup]
folder = "backups"
every_hours = 1
)";

class backup_commands : public ::testing::Test {
protected:
    backup_commands() {
        here_.write("palabre.toml", backup_settings);
        here_.write("site/index.html", "<p>old</p>");
        fs::create_directory(here_.path() / "data");
        store::record_writer writer(database());
        contract::put_all(everything(), writer);
    }

    [[nodiscard]] fs::path database() const { return here_.path() / "data" / "comments.sqlite"; }

    outcome palabre(std::vector<std::string> arguments) {
        return run(here_.path(), std::move(arguments));
    }

    // The folder of a new backup.
    fs::path make() {
        const auto made = palabre({"backup", "make"});
        EXPECT_EQ(made.code, 0) << made.complaints;
        return made.output.substr(0, made.output.find('\n'));
    }

    contract::all_records records() {
        store::sqlite_options options;
        options.file = database();
        store::sqlite_store store(options, clock_);
        return contract::records_of(store);
    }

    void post(std::uint32_t number) {
        store::sqlite_options options;
        options.file = database();
        store::sqlite_store(options, clock_).post(contract::a_comment(number, "x"), std::nullopt);
    }

    // What the data folder holds beside the database.
    std::vector<std::string> others() {
        std::vector<std::string> all;
        for (const auto& each : fs::directory_iterator(here_.path() / "data")) {
            if (each.path() != database()) all.push_back(each.path().filename().string());
        }
        return all;
    }

    temporary_folder here_;
    contract::manual_clock clock_;
};

TEST_F(backup_commands, bring_back_what_was) {
    const auto backup = make();
    post(77);
    const auto after = records();
    here_.write("site/index.html", "<p>new</p>");
    EXPECT_NE(after, everything());

    const auto restored = palabre({"restore", "latest"});
    EXPECT_EQ(restored.code, 0) << restored.complaints;
    EXPECT_THAT(restored.output, HasSubstr("Restored " + backup.filename().string()));
    EXPECT_THAT(restored.output, HasSubstr("--with-site restores it too"));
    EXPECT_EQ(records(), everything());
    EXPECT_EQ(here_.read("site/index.html"), "<p>new</p>");

    // What was there before is where it says.
    ASSERT_EQ(others().size(), 1U);
    EXPECT_THAT(others()[0], ::testing::StartsWith("before-restore-20"));
    EXPECT_THAT(restored.output, HasSubstr(others()[0]));
    fs::copy_file(
        here_.path() / "data" / others()[0] / "comments.sqlite",
        database(),
        fs::copy_options::overwrite_existing
    );
    EXPECT_EQ(records(), after);
}

TEST_F(backup_commands, bring_back_the_site_if_asked) {
    const auto backup = make();
    here_.write("site/index.html", "<p>new</p>");
    here_.write("site/more.html", "more");
    const auto restored = palabre({"restore", backup.string(), "--with-site"});
    EXPECT_EQ(restored.code, 0) << restored.complaints;
    EXPECT_EQ(here_.read("site/index.html"), "<p>old</p>");
    EXPECT_FALSE(fs::exists(here_.path() / "site/more.html"));
    const auto at = restored.output.find("site.before-restore-");
    ASSERT_NE(at, std::string::npos) << restored.output;
    const auto kept = restored.output.substr(at, restored.output.find('\n', at) - at);
    EXPECT_EQ(here_.read(kept + "/index.html"), "<p>new</p>");
    EXPECT_EQ(here_.read(kept + "/more.html"), "more");
}

TEST_F(backup_commands, restore_to_a_machine_that_has_nothing) {
    const auto backup = make();
    fs::remove_all(here_.path() / "data");
    fs::remove_all(here_.path() / "site");
    const auto restored = palabre({"restore", backup.string(), "--with-site"});
    EXPECT_EQ(restored.code, 0) << restored.complaints;
    EXPECT_THAT(restored.output, Not(HasSubstr("kept")));
    EXPECT_EQ(records(), everything());
    EXPECT_EQ(here_.read("site/index.html"), "<p>old</p>");
    EXPECT_THAT(others(), IsEmpty());
}

TEST_F(backup_commands, list_verify_and_prune) {
    EXPECT_THAT(palabre({"backup", "list"}).output, HasSubstr("No backups in "));
    const auto one = make();
    const auto other = make();
    fs::remove(other / "keys.jsonl.zst");
    const auto listed = palabre({"backup", "list"});
    EXPECT_THAT(listed.output, ContainsRegex(one.filename().string() + " +7 +1 +[0-9.]+ k?B"));
    EXPECT_THAT(listed.output, HasSubstr("damaged: keys.jsonl.zst is missing"));

    const auto good = palabre({"backup", "verify", "latest"});
    EXPECT_EQ(good.code, 0) << good.complaints;
    EXPECT_THAT(
        good.output,
        HasSubstr(one.filename().string() + " is whole: a backup of Palabre, 7 comments, 1 file")
    );
    const auto bad = palabre({"backup", "verify", other.filename().string()});
    EXPECT_EQ(bad.code, 1);
    EXPECT_THAT(bad.complaints, HasSubstr("is no good: keys.jsonl.zst is missing"));

    const auto third = make();
    const auto would = palabre({"backup", "prune", "--dry-run"});
    EXPECT_THAT(would.output, HasSubstr("would remove " + one.filename().string()));
    EXPECT_TRUE(fs::exists(one));
    EXPECT_THAT(
        palabre({"backup", "prune"}).output, HasSubstr("removed " + one.filename().string())
    );
    EXPECT_FALSE(fs::exists(one));
    EXPECT_TRUE(fs::exists(other));
    EXPECT_EQ(palabre({"backup", "prune"}).output, "All backups stay.\n");
}

TEST_F(backup_commands, leave_everything_when_the_backup_is_no_good) {
    const auto backup = make();
    post(77);
    const auto before = records();
    std::ofstream(backup / "comments.jsonl.zst", std::ios::app) << 'x';
    const auto refused = palabre({"restore", backup.filename().string()});
    EXPECT_EQ(refused.code, 1);
    EXPECT_THAT(refused.complaints, HasSubstr("was not restored: comments.jsonl.zst"));
    EXPECT_EQ(records(), before);
    EXPECT_THAT(others(), IsEmpty());
    EXPECT_THAT(
        palabre({"restore", "missing"}).complaints, HasSubstr("there is no backup missing")
    );
    EXPECT_THAT(palabre({"restore", "./data"}).complaints, HasSubstr("manifest.json is missing"));
    fs::remove_all(backup);
    EXPECT_THAT(palabre({"restore", "latest"}).complaints, HasSubstr("holds no good backup"));
}

TEST_F(backup_commands, refuse_to_restore_beneath_a_server) {
    const auto backup = make();
    program server(here_.path(), {"serve"});
    ASSERT_TRUE(server.says("http://127.0.0.1:")) << server.complaints();
    const auto refused = palabre({"restore", backup.string()});
    EXPECT_EQ(refused.code, 1);
    EXPECT_THAT(refused.complaints, HasSubstr("in use: stop the server"));
    EXPECT_EQ(palabre({"backup", "make"}).code, 0) << "a backup may be made meanwhile";
    server.signal(SIGTERM);
    EXPECT_EQ(server.wait(), 0) << server.complaints();
    EXPECT_EQ(palabre({"restore", backup.string()}).code, 0);
}

TEST_F(backup_commands, say_what_is_missing) {
    EXPECT_THAT(
        palabre({"backup", "make", "--folder", "site/backups"}).complaints,
        HasSubstr("for everybody to read")
    );
    fs::remove_all(here_.path() / "data");
    EXPECT_THAT(palabre({"backup", "make"}).complaints, HasSubstr("there is nothing to back up"));
    EXPECT_FALSE(fs::exists(here_.path() / "data"));
    here_.write("palabre.toml", "");
    EXPECT_THAT(palabre({"backup", "list"}).complaints, HasSubstr("--folder DIR"));
}

// A server that starts makes up for the backup that was missed; the next is not due for an hour.
TEST_F(backup_commands, run_by_themselves_in_a_server) {
    for (int start = 0; start < 2; ++start) {
        program server(here_.path(), {"serve"});
        ASSERT_TRUE(server.says("http://127.0.0.1:")) << server.complaints();
        if (start == 0) {
            EXPECT_TRUE(server.says("was made in ")) << server.complaints();
            EXPECT_THAT(server.complaints(), HasSubstr("7 comments, 1 file of the site"));
        }
        server.signal(SIGTERM);
        EXPECT_EQ(server.wait(), 0) << server.complaints();
        EXPECT_EQ(server.complaints().find("was made in ") == std::string::npos, start == 1);
    }
    EXPECT_EQ(palabre({"backup", "verify", "latest"}).code, 0);
}

TEST_F(backup_commands, that_fail_in_a_server_are_told_and_do_not_end_it) {
    here_.write("backups", "a file");
    program server(here_.path(), {"serve"});
    EXPECT_TRUE(server.says("failed: ")) << server.complaints();
    EXPECT_THAT(server.complaints(), HasSubstr("the backup to "));
    server.signal(SIGTERM);
    EXPECT_EQ(server.wait(), 0) << server.complaints();
}

// Compares the content of a database, as it comes, with what was written.
class comparing_sink final : public contract::collecting_sink {
public:
    void put_comment(const comment& each) override {
        if (each != contract::a_comment(++count)) ++different;
    }
    std::uint32_t count = 0;
    std::uint32_t different = 0;
};

TEST_F(backup_commands, bring_a_hundred_thousand_comments_back) {
    constexpr std::uint32_t many = 100'000;
    fs::remove(database());
    {
        store::record_writer writer(database());
        for (std::uint32_t number = 1; number <= many; ++number)
            writer.put_comment(contract::a_comment(number));
        writer.finish();
    }
    const auto began = std::chrono::steady_clock::now();
    const auto backup = make();
    const std::chrono::duration<double> made = std::chrono::steady_clock::now() - began;
    fs::remove(database());
    EXPECT_EQ(palabre({"restore", backup.string()}).code, 0);
    const std::chrono::duration<double> all = std::chrono::steady_clock::now() - began;
    std::cout << many << " comments: backup " << made.count() << " s, restore "
              << (all - made).count() << " s\n";

    store::sqlite_options options;
    options.file = database();
    store::sqlite_store store(options, clock_);
    comparing_sink sink;
    store.read_all(sink);
    EXPECT_EQ(sink.count, many);
    EXPECT_EQ(sink.different, 0U);
    const std::vector<std::string> sections{std::string(contract::usual_section)};
    EXPECT_EQ(store.counts(sections).at(0).published, many);
}

TEST_F(backup_commands, are_not_made_two_at_once) {
    fs::create_directory(here_.path() / "backups");
    const auto held =
        util::file_lock::try_file(here_.path() / "backups" / ".lock", util::lock_kind::exclusive);
    ASSERT_TRUE(held);
    for (const char* verb : {"make", "prune"}) {
        const auto refused = palabre({"backup", verb});
        EXPECT_EQ(refused.code, 1);
        EXPECT_THAT(refused.complaints, HasSubstr("another process makes or removes backups"));
    }
    program server(here_.path(), {"serve"});
    EXPECT_TRUE(server.says("this one is put off")) << server.complaints();
    server.signal(SIGTERM);
    EXPECT_EQ(server.wait(), 0);
    EXPECT_FALSE(fs::exists(here_.path() / "backups" / "unfinished"));
}

// Killed when it has begun, in the midst of building, and just before or after the new database
// takes its place.
TEST_F(backup_commands, leave_everything_when_a_restore_is_killed) {
    fs::remove(database());
    {
        store::record_writer writer(database());
        for (std::uint32_t number = 1; number <= 20'000; ++number)
            writer.put_comment(contract::a_comment(number));
        writer.finish();
    }
    const auto backup = make();
    post(77'777);
    const auto before = records();
    const auto data = here_.path() / "data";
    const std::vector<std::function<bool()>> moments{
        [&] { return fs::exists(data / "restoring"); },
        [&] { return fs::exists(data / "restoring" / "comments.sqlite"); },
        [&] {
            std::error_code none_yet;
            const auto bytes = fs::file_size(data / "restoring" / "comments.sqlite", none_yet);
            return !none_yet && bytes > 1'000'000;
        },
        [&] { return others().size() > 1; },
    };
    int killed = 0;
    for (const auto& has_come : moments) {
        program restoring(here_.path(), {"restore", backup.string()});
        const auto given_up = std::chrono::steady_clock::now() + std::chrono::seconds(10);
        while (!has_come() && std::chrono::steady_clock::now() < given_up)
            std::this_thread::yield();
        restoring.signal(SIGKILL);
        // On a busy machine a restore may be over before anybody looked.
        const int end = restoring.wait();
        EXPECT_TRUE(end == -SIGKILL || end == 0) << end;
        if (end == -SIGKILL) ++killed;
        const auto now = records();
        EXPECT_TRUE(now == before || now.comments.size() == 20'000U) << "neither old nor new";
    }
    EXPECT_GT(killed, 0);
    const auto restored = palabre({"restore", backup.string()});
    EXPECT_EQ(restored.code, 0) << restored.complaints;
    EXPECT_EQ(records().comments.size(), 20'000U);
    EXPECT_FALSE(fs::exists(data / "restoring"));
}

}  // namespace
}  // namespace palabre::test
