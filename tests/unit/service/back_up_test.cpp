// SPDX-License-Identifier: Apache-2.0
#include "archive/archive_error.hpp"
#include "archive/unpack.hpp"
#include "service/list_backups.hpp"
#include "service/restore_backup.hpp"
#include "service/verify_backup.hpp"
#include "unit/service/backup_ground.hpp"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

namespace palabre::test {
namespace {

namespace fs = std::filesystem;
using contract::everything;
using contract::records_of;
using ::testing::HasSubstr;

class backups : public backup_ground {
protected:
    // "good", or why the backup is refused. Refused by one, it is refused by the other, and what a
    // home got of it is never finished.
    std::string verdict(const std::string& name) {
        std::string said = "good";
        try {
            static_cast<void>(verify_backup(place_, name));
        } catch (const archive::archive_error& error) {
            said = error.what();
        }
        contract::collecting_sink sink;
        try {
            restore_backup(place_, name, sink, nullptr);
        } catch (const archive::archive_error& error) {
            EXPECT_EQ(said, error.what());
        }
        EXPECT_EQ(sink.finished, said == "good");
        return said;
    }
};

TEST_F(backups, bring_everything_back) {
    const auto made = make();
    EXPECT_EQ(made.name, "2023-11-14T22-13-20.000Z");
    EXPECT_EQ(verify_backup(place_, made.name), made.of);
    store::memory_store other(clock_);
    fs::create_directory(here_.path() / "new-site");
    archive::folder_site_sink files(here_.path() / "new-site");
    restore_backup(place_, made.name, other, &files);
    EXPECT_EQ(records_of(other), everything());
    EXPECT_EQ(read(here_.path() / "new-site/a.html"), "<p>é</p>");
    EXPECT_EQ(read(here_.path() / "new-site/b/c.css"), std::string(100'000, 'c'));
    EXPECT_EQ(read(folder() / made.name / "settings.toml"), "[site]\n");
}

TEST_F(backups, of_an_empty_home_without_a_site_are_good) {
    store::memory_store empty(clock_);
    const auto made = back_up({empty, "", {}, "palabre test"}, place_, clock_, {});
    EXPECT_EQ(verdict(made.name), "good");
    EXPECT_EQ(made.of.site, std::nullopt);
    EXPECT_EQ(made.of.comments.count, 0U);
}

// The sum over the lines is the same for the same comments, whatever the compressor does.
TEST_F(backups, of_the_same_comments_have_the_same_content) {
    const auto one = make();
    clock_.advance(1);
    const auto other = make();
    EXPECT_EQ(one.of.comments.content_hash, other.of.comments.content_hash);
    home_.post(contract::a_comment(9, "x"), std::nullopt);
    clock_.advance(1);
    EXPECT_NE(make().of.comments.content_hash, one.of.comments.content_hash);
}

TEST_F(backups, are_listed_newest_first_and_damaged_ones_as_such) {
    EXPECT_TRUE(list_backups(place_).empty());
    const auto first = make();
    clock_.advance(1000);
    const auto second = make();
    clock_.advance(1000);
    const auto third = make();
    fs::remove(folder() / second.name / "audit.jsonl.zst");
    fs::resize_file(folder() / third.name / "site.tar.zst", 10);
    write("backups/notes/mine.txt", "not a backup");
    const auto all = list_backups(place_);
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[2].name, first.name);
    EXPECT_TRUE(all[2].is_good());
    EXPECT_EQ(all[2].of, first.of);
    EXPECT_THAT(all[1].problem, HasSubstr("audit.jsonl.zst is missing"));
    EXPECT_THAT(all[0].problem, HasSubstr("site.tar.zst has 10 bytes"));
}

TEST_F(backups, are_refused_when_any_part_is_cut_short_anywhere) {
    const auto made = make();
    for (const auto& file : files_of(made.name)) {
        const auto whole = read(file);
        for (std::size_t size = 0; size < whole.size(); size += 1 + whole.size() / 25) {
            std::ofstream(file, std::ios::binary).write(whole.data(), static_cast<long>(size));
            EXPECT_NE(verdict(made.name), "good") << file << " at " << size;
        }
        std::ofstream(file, std::ios::binary) << whole;
    }
    EXPECT_EQ(verdict(made.name), "good");
}

TEST_F(backups, are_refused_when_any_byte_is_another) {
    const auto made = make();
    for (const auto& file : files_of(made.name)) {
        const auto whole = read(file);
        for (std::size_t at = 0; at < whole.size(); at += 1 + whole.size() / 40) {
            auto bad = whole;
            bad[at] = static_cast<char>(bad[at] ^ (1U << (at % 8)));
            std::ofstream(file, std::ios::binary) << bad;
            EXPECT_NE(verdict(made.name), "good") << file << " at " << at;
        }
        std::ofstream(file, std::ios::binary) << whole;
    }
    EXPECT_EQ(verdict(made.name), "good");
}

TEST_F(backups, are_refused_when_a_part_is_gone_or_another_backups) {
    const auto made = make();
    home_.post(contract::a_comment(9, "x"), std::nullopt);
    clock_.advance(1);
    const auto other = make();
    for (const auto& file : files_of(made.name)) {
        const auto whole = read(file);
        fs::remove(file);
        EXPECT_THAT(verdict(made.name), HasSubstr("is missing")) << file;
        std::ofstream(file, std::ios::binary) << whole;
    }
    fs::copy_file(
        folder() / other.name / "comments.jsonl.zst",
        folder() / made.name / "comments.jsonl.zst",
        fs::copy_options::overwrite_existing
    );
    EXPECT_NE(verdict(made.name), "good");
}

// A manifest with right sums over wrong records: each line is looked at too.
TEST_F(backups, are_refused_when_records_are_out_of_order_or_twice) {
    class unruly final : public record_source {
    public:
        explicit unruly(std::vector<std::uint32_t> numbers) : numbers_(std::move(numbers)) {}
        void read_all(record_sink& to) override {
            for (const auto number : numbers_)
                to.put_comment(contract::a_comment(number));
        }

    private:
        std::vector<std::uint32_t> numbers_;
    };
    for (const auto& numbers : {std::vector<std::uint32_t>{2, 1}, {1, 1}}) {
        unruly source(numbers);
        clock_.advance(1);
        const auto made = back_up({source, "", {}, ""}, place_, clock_, {});
        EXPECT_THAT(verdict(made.name), HasSubstr("line 2 is out of order, or comes twice"));
    }
}

TEST_F(backups, fail_rather_than_hold_what_cannot_be_read_back) {
    auto bad = contract::a_comment(9, "no\nsection");
    home_.put_comment(bad);  // no verb of the service would
    try {
        static_cast<void>(make());
        FAIL() << "made";
    } catch (const archive::archive_error& error) {
        EXPECT_THAT(error.what(), HasSubstr(to_string(bad.id)));
    }
    EXPECT_TRUE(place_.list("").empty());
}

TEST_F(backups, leave_nothing_when_they_are_stopped) {
    std::stop_source stop;
    stop.request_stop();
    EXPECT_THROW(static_cast<void>(make(stop.get_token())), backup_stopped);
    EXPECT_TRUE(fs::is_empty(folder()));
}

TEST_F(backups, do_not_take_the_place_of_another) {
    const auto made = make();
    home_.post(contract::a_comment(9, "x"), std::nullopt);
    EXPECT_THROW(static_cast<void>(make()), blob_error);  // the clock stands still
    EXPECT_EQ(verify_backup(place_, made.name), made.of);
    EXPECT_EQ(list_backups(place_).size(), 1U);
}

// What a full disk does, done by the kernel at a limit on the size of files.
TEST_F(backups, leave_the_earlier_ones_and_nothing_else_when_the_disk_is_full) {
    const auto good = make();
    clock_.advance(1000);
    const pid_t child = ::fork();
    if (child == 0) {
        ::signal(SIGXFSZ, SIG_IGN);
        int failed = 0;
        for (const rlim_t bytes : {0, 100, 150, 400, 900}) {
            const rlimit limit{bytes, RLIM_INFINITY};
            ::setrlimit(RLIMIT_FSIZE, &limit);
            try {
                static_cast<void>(back_up({home_, "x", {}, ""}, place_, clock_, {}));
            } catch (const blob_error&) {
                ++failed;
            }
        }
        ::_exit(failed);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 5);
    EXPECT_EQ(list_backups(place_).size(), 1U);
    EXPECT_FALSE(fs::exists(folder() / "unfinished"));
    EXPECT_EQ(verdict(good.name), "good");
}

// Killed after every so many records: there is never a backup that is not whole, and the next one
// is not disturbed by what was left.
TEST_F(backups, are_whole_or_not_there_over_kill_9) {
    class deadly final : public record_source {
    public:
        explicit deadly(int records) : left_(records) {}
        void read_all(record_sink& to) override {
            for (int round = 0; round < 2'000; ++round) {
                auto each = contract::a_comment(static_cast<std::uint32_t>(round));
                each.text.assign(200, static_cast<char>('a' + round * 7919 % 23));
                if (left_-- == 0) ::kill(::getpid(), SIGKILL);
                to.put_comment(each);
            }
        }

    private:
        int left_;
    };
    for (const int records : {0, 1, 100, 700, 1'999}) {
        const pid_t child = ::fork();
        if (child == 0) {
            deadly source(records);
            static_cast<void>(back_up({source, "", site(), ""}, place_, clock_, {}));
            ::_exit(0);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        EXPECT_TRUE(WIFSIGNALED(status));
        EXPECT_TRUE(fs::exists(folder() / "unfinished"));
        EXPECT_TRUE(list_backups(place_).empty());
    }
    const auto made = make();
    EXPECT_EQ(verdict(made.name), "good");
    EXPECT_FALSE(fs::exists(folder() / "unfinished"));
}

}  // namespace
}  // namespace palabre::test
