// SPDX-License-Identifier: Apache-2.0
// Files too large for memory, and folders that change while they are served.
#include "site/tree.hpp"
#include "unit/site/site_ground.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <chrono>
#include <thread>

namespace palabre::test {
namespace {

class on_disk : public site_test {
protected:
    void write_large(const std::string& path) {
        write(path, std::string(site::small_file_bytes_max, 'a') + "the end");
    }
};

TEST_F(on_disk, large_files_are_not_answered_by_the_event_loop) {
    write_large("film.mp4");
    write("small.mp4", std::string(site::small_file_bytes_max, 'b'));
    open();
    http::request asked;
    asked.path = "/film.mp4";
    EXPECT_FALSE(site_->answer_at_once(asked));
    const auto whole = site_->handle(asked);
    EXPECT_EQ(whole.status, 200);
    EXPECT_EQ(http::size_of(whole.body), site::small_file_bytes_max + 7);
    asked.path = "/small.mp4";
    EXPECT_TRUE(site_->answer_at_once(asked));
}

TEST_F(on_disk, large_files_are_sent_in_parts) {
    write_large("film.mp4");
    const auto part = ask("/film.mp4", {{"range", "bytes=-7"}});
    EXPECT_EQ(part.status, 206);
    EXPECT_EQ(text_of(part), "the end");
    EXPECT_TRUE(std::holds_alternative<http::file_part>(part.body));
    const auto etag = header_of(part, "etag");
    http::request asked;
    asked.path = "/film.mp4";
    asked.headers = {{"if-none-match", etag}};
    EXPECT_EQ(site_->answer_at_once(asked)->status, 304);
}

TEST_F(on_disk, large_texts_are_compressed_up_to_a_limit) {
    write("search.json", std::string(site::compressible_file_bytes_max, ' '));
    write("dump.json", std::string(site::compressible_file_bytes_max + 1, ' '));
    const std::vector<http::header_view> accepts{{"accept-encoding", "br"}};
    EXPECT_EQ(header_of(ask("/search.json", accepts), "content-encoding"), "br");
    EXPECT_EQ(header_of(ask("/dump.json", accepts), "content-encoding"), "(none)");
}

TEST_F(on_disk, memory_has_an_end) {
    for (std::uint64_t i = 0; i <= site::memory_bytes_max / site::small_file_bytes_max; ++i) {
        write(std::to_string(i) + ".png", std::string(site::small_file_bytes_max, 'a'));
    }
    write("small.png", "a");
    open();
    EXPECT_LE(site_->describe().memory_bytes, site::memory_bytes_max);
    EXPECT_GT(site_->describe().memory_bytes, site::memory_bytes_max - site::small_file_bytes_max);
    http::request asked;
    asked.path = "/small.png";
    EXPECT_TRUE(site_->answer_at_once(asked)) << "small files come first";
}

TEST_F(on_disk, a_large_file_that_was_replaced_is_seen_at_once) {
    write_large("film.mp4");
    const auto before = header_of(ask("/film.mp4"), "etag");
    std::filesystem::remove(folder_.path() / "film.mp4");
    write("film.mp4", std::string(site::small_file_bytes_max, 'z') + "another end");
    const auto after = ask("/film.mp4", {{"range", "bytes=-11"}});
    EXPECT_EQ(text_of(after), "another end");
    EXPECT_NE(header_of(after, "etag"), before);
    std::filesystem::remove(folder_.path() / "film.mp4");
    EXPECT_EQ(status_of("/film.mp4"), 404);
}

TEST_F(on_disk, rescan_sees_every_change) {
    write("a.html", "a");
    write("b.html", "b");
    open();
    const auto etag = header_of(ask("/a.html"), "etag");
    write("a.html", "other");
    std::filesystem::remove(folder_.path() / "b.html");
    write("c.html", "c");
    EXPECT_EQ(text_of(ask("/a.html")), "a") << "nothing changes by itself here";
    site_->rescan();
    EXPECT_EQ(text_of(ask("/a.html")), "other");
    EXPECT_NE(header_of(ask("/a.html"), "etag"), etag);
    EXPECT_EQ(status_of("/b.html"), 404);
    EXPECT_EQ(text_of(ask("/c.html")), "c");
}

TEST_F(on_disk, a_folder_that_goes_away_is_still_shown) {
    write("index.html", "home");
    open();
    std::filesystem::rename(folder_.path(), folder_.path().string() + "-away");
    EXPECT_ANY_THROW(site_->rescan());
    EXPECT_EQ(text_of(ask("/")), "home");
    std::filesystem::rename(folder_.path().string() + "-away", folder_.path());
    EXPECT_NO_THROW(site_->rescan());
}

TEST_F(on_disk, a_folder_that_is_not_there_is_refused) {
    site::options how;
    how.folder = folder_.path() / "missing";
    EXPECT_ANY_THROW(site::static_site{how});
    write("file", "x");
    how.folder = folder_.path() / "file";
    EXPECT_ANY_THROW(site::static_site{how});
}

TEST_F(on_disk, too_many_files_are_no_site) {
    // A folder counts too: 1 + 999 here, as many again behind every link, and as many for the root.
    constexpr std::size_t files = 999;
    for (std::size_t i = 0; i < files; ++i) {
        write(fmt::format("notes/{}.html", i), "x");
        write(fmt::format("{}.html", i), "x");
    }
    for (std::size_t i = 2; i < site::files_max / (files + 1); ++i)
        std::filesystem::create_directory_symlink("notes", folder_.path() / fmt::format("l{}", i));
    EXPECT_EQ(site::list_tree(folder_.path()).files.size(), site::files_max / (files + 1) * files);
    write("one-more.html", "x");
    EXPECT_THROW((void)site::list_tree(folder_.path()), std::runtime_error);
}

TEST_F(on_disk, folders_too_deep_are_left_out_with_a_word) {
    std::string path;
    for (std::size_t depth = 1; depth < site::folder_depth_max; ++depth)
        path += "d/";
    write(path + "reached.html", "x");
    write(path + "d/too-deep.html", "x");
    const auto found = site::list_tree(folder_.path());
    ASSERT_EQ(found.files.size(), 1U);
    EXPECT_EQ(found.files.front().path, "/" + path + "reached.html");
    EXPECT_EQ(found.left_out.size(), 1U);
}

TEST_F(on_disk, odd_entries_are_left_out_with_a_word) {
    write("index.html", "x");
    write("bad\\name.html", "x");
    write("bad\nname.html", "x");
    ASSERT_EQ(::mkfifo((folder_.path() / "pipe").c_str(), 0600), 0);
    open();
    EXPECT_EQ(site_->describe().left_out.size(), 3);
    EXPECT_EQ(status_of("/pipe"), 404);
}

TEST_F(on_disk, changes_are_seen_without_being_told) {
    write("index.html", "before");
    site::options how;
    how.folder = folder_.path();
    how.look_every = std::chrono::milliseconds(1);
    site_.emplace(how);
    write("index.html", "after!");
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (text_of(ask("/")) != "after!" && std::chrono::steady_clock::now() < deadline) {
        std::this_thread::yield();
    }
    EXPECT_EQ(text_of(ask("/")), "after!");
}

TEST_F(on_disk, a_folder_without_end_is_refused) {
    // Ten links in each of six folders to the next: a million ways to the last.
    for (int depth = 0; depth < 6; ++depth) {
        const auto here = folder_.path() / ("d" + std::to_string(depth));
        std::filesystem::create_directory(here);
        for (int i = 0; i < 10; ++i) {
            std::filesystem::create_directory_symlink(
                "../d" + std::to_string(depth + 1), here / ("l" + std::to_string(i))
            );
        }
    }
    std::filesystem::create_directory(folder_.path() / "d6");
    EXPECT_THROW(open(), std::runtime_error);
}

}  // namespace
}  // namespace palabre::test
