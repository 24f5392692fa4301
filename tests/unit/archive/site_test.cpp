// SPDX-License-Identifier: Apache-2.0
#include "archive/site.hpp"

#include "archive/unpack.hpp"
#include "support/temporary_folder.hpp"
#include "unit/archive/memory_blob.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <map>

namespace palabre::archive {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using files = std::map<std::string, std::string>;

class collecting_site final : public site_sink {
public:
    void begin_file(const std::string& path, std::int64_t) override { now_ = &got[path]; }
    void write(std::string_view bytes) override { now_->append(bytes); }
    void end_file() override {}
    files got;

private:
    std::string* now_ = nullptr;
};

void write_file(const fs::path& file, std::string_view content) {
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << content;
}

std::string read_file(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

class archive_site : public testing::Test {
protected:
    stored_part pack(const files& all) {
        stored_part made;
        part_writer part("site.tar.zst", std::make_unique<text_writer>(made.bytes));
        site_writer writer(part);
        for (const auto& [path, content] : all) {
            write_file(here_.path() / path, content);
            writer.add(path, here_.path() / path);
        }
        const auto count = writer.finish();
        made.of = part.finish(count);
        return made;
    }

    test::temporary_folder here_;
};

std::string refusal(const stored_part& stored) try {
    part_reader reader(stored.of, std::make_unique<text_reader>(stored.bytes));
    collecting_site site;
    read_site(reader, site);
    return "not refused";
} catch (const archive_error& error) {
    return error.what();
}

const files a_site{
    {"404.html", "<p>Nothing here.</p>"},
    {"empty.txt", ""},
    {"large.bin", std::string(300'000, '\x07') + "end"},
    {"notes/été/index.html", "<p>é</p>"},
    {"z/" + std::string(150, 'n') + "/" + std::string(150, 'm') + ".css", "a{}"},
};

TEST_F(archive_site, comes_back_as_it_was) {
    const auto stored = pack(a_site);
    EXPECT_EQ(stored.of.count, a_site.size());
    part_reader reader(stored.of, std::make_unique<text_reader>(stored.bytes));
    collecting_site site;
    read_site(reader, site);
    EXPECT_EQ(site.got, a_site);
    const auto nothing = pack({});
    EXPECT_EQ(refusal(nothing), "not refused");
}

TEST_F(archive_site, is_written_below_a_folder) {
    const auto stored = pack(a_site);
    const test::temporary_folder there;
    part_reader reader(stored.of, std::make_unique<text_reader>(stored.bytes));
    folder_site_sink sink(there.path());
    read_site(reader, sink);
    files found;
    for (const auto& each : fs::recursive_directory_iterator(there.path())) {
        if (!each.is_regular_file()) continue;
        found[each.path().lexically_relative(there.path()).string()] = read_file(each.path());
    }
    EXPECT_EQ(found, a_site);
}

TEST_F(archive_site, keeps_when_a_file_was_changed) {
    write_file(here_.path() / "a", "x");
    const auto long_ago = fs::file_time_type::clock::now() - std::chrono::hours(24 * 365);
    fs::last_write_time(here_.path() / "a", long_ago);
    stored_part made;
    part_writer part("site.tar.zst", std::make_unique<text_writer>(made.bytes));
    site_writer writer(part);
    writer.add("a", here_.path() / "a");
    made.of = part.finish(writer.finish());
    const test::temporary_folder there;
    part_reader reader(made.of, std::make_unique<text_reader>(made.bytes));
    folder_site_sink sink(there.path());
    read_site(reader, sink);
    const auto off = fs::last_write_time(there.path() / "a") - long_ago;
    EXPECT_LT(std::chrono::abs(off), std::chrono::seconds(1));
}

TEST_F(archive_site, leaves_out_what_is_gone_by_now) {
    stored_part made;
    part_writer part("site.tar.zst", std::make_unique<text_writer>(made.bytes));
    site_writer writer(part);
    writer.add("a", here_.path() / "missing");
    EXPECT_EQ(writer.finish(), 0U);
}

TEST_F(archive_site, takes_no_path_that_leads_elsewhere) {
    write_file(here_.path() / "a", "x");
    stored_part made;
    part_writer part("site.tar.zst", std::make_unique<text_writer>(made.bytes));
    site_writer writer(part);
    for (const char* path : {"", "/a", "../a", "a/../b", "a/", "a//b", "./a", ".."}) {
        EXPECT_THROW(writer.add(path, here_.path() / "a"), archive_error) << path;
        EXPECT_FALSE(find_path_problem(path).empty());
    }
    EXPECT_FALSE(find_path_problem(std::string(site_path_bytes_max + 1, 'a')).empty());
    EXPECT_TRUE(find_path_problem(std::string(site_path_bytes_max, 'a')).empty());
}

TEST_F(archive_site, takes_so_many_files_and_no_more) {
    write_file(here_.path() / "a", "");
    stored_part made;
    part_writer part("site.tar.zst", std::make_unique<text_writer>(made.bytes));
    site_writer writer(part);
    for (std::uint64_t number = 0; number < site_files_max; ++number) {
        writer.add(std::to_string(1'000'000 + number), here_.path() / "a");
    }
    EXPECT_THROW(writer.add("x", here_.path() / "a"), archive_error);
    made.of = part.finish(writer.finish());
    EXPECT_EQ(refusal(made), "not refused");
}

// A tar that somebody else made, with the sums that go with it.
struct foreign_entry {
    std::string path;
    unsigned type = AE_IFREG;
    std::string link{};
    bool hard = false;
};

stored_part foreign_tar(const std::vector<foreign_entry>& entries) {
    std::string bytes(1'000'000, '\0');
    std::size_t used = 0;
    auto* tar = archive_write_new();
    archive_write_set_format_gnutar(tar);
    archive_write_open_memory(tar, bytes.data(), bytes.size(), &used);
    for (const auto& each : entries) {
        auto* entry = archive_entry_new();
        archive_entry_set_pathname(entry, each.path.c_str());
        archive_entry_set_filetype(entry, each.type);
        archive_entry_set_perm(entry, 0644);
        archive_entry_set_size(entry, 0);
        if (each.hard) archive_entry_set_hardlink(entry, each.link.c_str());
        if (!each.link.empty() && !each.hard) archive_entry_set_symlink(entry, each.link.c_str());
        EXPECT_EQ(archive_write_header(tar, entry), ARCHIVE_OK);
        archive_entry_free(entry);
    }
    archive_write_close(tar);
    archive_write_free(tar);
    auto stored = store_part("site.tar.zst", bytes.substr(0, used));
    stored.of.count = entries.size();
    return stored;
}

TEST(archive_site_of_others, is_refused_when_it_leads_elsewhere) {
    EXPECT_EQ(refusal(foreign_tar({{"a"}, {"b/c"}})), "not refused");
    EXPECT_THAT(refusal(foreign_tar({{"/etc/passwd"}})), HasSubstr("absolute"));
    EXPECT_THAT(refusal(foreign_tar({{"../a"}})), HasSubstr("elsewhere"));
    EXPECT_THAT(refusal(foreign_tar({{"a/../../b"}})), HasSubstr("elsewhere"));
    EXPECT_THAT(refusal(foreign_tar({{"a", AE_IFLNK, "/etc"}})), HasSubstr("no plain file"));
    EXPECT_THAT(refusal(foreign_tar({{"a", AE_IFLNK, "b"}})), HasSubstr("no plain file"));
    EXPECT_THAT(
        refusal(foreign_tar({{"a", AE_IFREG, "/etc/passwd", true}})), HasSubstr("no plain file")
    );
    EXPECT_THAT(refusal(foreign_tar({{"a", AE_IFCHR}})), HasSubstr("no plain file"));
    EXPECT_THAT(refusal(foreign_tar({{"a", AE_IFIFO}})), HasSubstr("no plain file"));
}

TEST(archive_site_of_others, is_refused_when_files_come_twice_or_are_too_few) {
    EXPECT_THAT(refusal(foreign_tar({{"a"}, {"a"}})), HasSubstr("twice"));
    EXPECT_THAT(refusal(foreign_tar({{"b"}, {"a"}})), HasSubstr("order"));
    auto fewer = foreign_tar({{"a"}});
    fewer.of.count = 2;
    EXPECT_THAT(refusal(fewer), HasSubstr("has 1 files"));
    EXPECT_THAT(refusal(store_part("site.tar.zst", "no tar at all")), HasSubstr("no tar file"));
}

TEST_F(archive_site, is_refused_when_damaged_anywhere) {
    const auto stored = pack(a_site);
    for (std::size_t at = 0; at < stored.bytes.size(); at += 3) {
        auto bad = stored;
        bad.bytes[at] = static_cast<char>(bad.bytes[at] ^ 0x04);
        EXPECT_NE(refusal(bad), "not refused") << at;
        bad = stored;
        bad.bytes.resize(at);
        EXPECT_NE(refusal(bad), "not refused") << at;
    }
}

}  // namespace
}  // namespace palabre::archive
