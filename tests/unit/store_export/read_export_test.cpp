// SPDX-License-Identifier: Apache-2.0
#include "store/export/read_export.hpp"

#include "blob/folder/folder_store.hpp"
#include "support/export_tool.hpp"
#include "support/temporary_folder.hpp"
#include "util/base64url.hpp"
#include "util/compress.hpp"
#include "util/md5.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace palabre::store {
namespace {

using archive::is_export;
using archive::read_export_manifest;
using contract::everything;
using test::get_object;
using test::put_object;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

class exports : public ::testing::Test {
protected:
    contract::all_records read() {
        contract::collecting_sink to;
        const auto of = read_export_manifest(store_, name_);
        read_export(store_, name_, of, here_.path() / "work", to);
        return to.got;
    }
    void expect_refused(std::string_view why) {
        contract::collecting_sink to;
        const auto reading = [&] {
            const auto of = read_export_manifest(store_, name_);
            read_export(store_, name_, of, here_.path() / "work", to);
        };
        EXPECT_THAT(reading, ThrowsMessage<export_error>(HasSubstr(std::string(why))));
        EXPECT_EQ(to.got, contract::all_records()) << "something was given";
        EXPECT_FALSE(std::filesystem::exists(here_.path() / "work"));
    }
    void write(const std::vector<std::string>& lines) { test::write_export(store_, name_, lines); }
    void write_one_file(const std::string& text) {
        put_object(store_, name_ + "/data/a.json.gz", util::gzip(text, util::effort::quick));
        test::write_export_manifests(store_, name_);
    }
    // Changes a file, and leaves the rest as it is.
    void change(const std::string& file, const std::function<void(std::string&)>& how) {
        auto bytes = get_object(store_, name_ + "/" + file);
        how(bytes);
        put_object(store_, name_ + "/" + file, bytes);
    }
    // Changes a manifest and its sum, as somebody would who knows the format.
    void forge(const std::string& stem, std::string_view what, std::string_view by) {
        change(stem + ".json", [&](std::string& text) {
            ASSERT_NE(text.find(what), std::string::npos);
            text.replace(text.find(what), what.size(), by);
            put_object(store_, name_ + "/" + stem + ".md5", util::to_base64(util::md5(text)));
        });
    }

    test::temporary_folder here_;
    blob::folder_store store_{here_.path() / "blobs"};
    const std::string name_ = "some/AWSDynamoDB/01693685827463-2d8752fd";
};

TEST_F(exports, hold_every_record_in_its_order) {
    write(test::export_lines(everything()));
    EXPECT_TRUE(is_export(store_, name_));
    EXPECT_EQ(read(), everything());
}

TEST_F(exports, say_when_and_of_which_table) {
    write(test::export_lines(everything()));
    const auto of = read_export_manifest(store_, name_);
    EXPECT_EQ(to_rfc3339(of.at), "2026-11-04T07:28:34.028Z");
    EXPECT_THAT(of.table_arn, HasSubstr(":table/CommentairesAlternance"));
    EXPECT_EQ(of.files.size(), 3U);
}

TEST_F(exports, may_have_been_copied_elsewhere) {
    write(test::export_lines(everything()));
    for (const auto& each : store_.list(name_))
        put_object(
            store_, each.name.substr(std::string("some/").size()), get_object(store_, each.name)
        );
    contract::collecting_sink to;
    const auto name = name_.substr(std::string("some/").size());
    read_export(store_, name, read_export_manifest(store_, name), here_.path() / "work", to);
    EXPECT_EQ(to.got, everything());
}

TEST_F(exports, of_an_empty_table_are_empty) {
    write({});
    EXPECT_EQ(read(), contract::all_records());
}

TEST_F(exports, that_were_not_copied_whole_are_refused) {
    for (const char* file : {"manifest-summary.json", "manifest-files.json", "data/b.json.gz"}) {
        write(test::export_lines(everything()));
        std::filesystem::remove(here_.path() / "blobs" / name_ / file);
        expect_refused(std::string(file) + " is missing");
    }
    write(test::export_lines(everything()));
    std::filesystem::remove(here_.path() / "blobs" / name_ / "manifest-files.md5");
    expect_refused("manifest-files.json has no sum beside it");
}

// Every bit of the stored file counts: the sum in the manifest covers all of it.
TEST_F(exports, that_are_damaged_are_refused) {
    write(test::export_lines(everything()));
    const auto size = get_object(store_, name_ + "/data/a.json.gz").size();
    for (std::size_t at = 0; at < size; at += 97) {
        write(test::export_lines(everything()));
        change("data/a.json.gz", [&](std::string& bytes) { bytes[at] ^= 4; });
        expect_refused("data/a.json.gz");
    }
}

TEST_F(exports, that_are_cut_short_are_refused) {
    write(test::export_lines(everything()));
    const auto size = get_object(store_, name_ + "/data/a.json.gz").size();
    for (std::size_t left = 0; left < size; left += 101) {
        write(test::export_lines(everything()));
        change("data/a.json.gz", [&](std::string& bytes) { bytes.resize(left); });
        expect_refused("data/a.json.gz");
    }
}

TEST_F(exports, whose_manifests_were_changed_are_refused) {
    write(test::export_lines(everything()));
    change("manifest-files.json", [](std::string& text) { text[14] ^= 1; });
    expect_refused("manifest-files.json is not what manifest-files.md5 says");
    write(test::export_lines(everything()));
    change("manifest-summary.json", [](std::string& text) { text.pop_back(); });
    expect_refused("manifest-summary.json is not what manifest-summary.md5 says");
}

struct forgery {
    const char* stem;
    const char* what;
    const char* by;
    const char* why;
};

TEST_F(exports, whose_manifests_do_not_fit_are_refused) {
    const auto lines = test::export_lines(everything());
    const auto count = fmt::format("\"itemCount\":{},", lines.size());
    const forgery all[]{
        {"manifest-summary", "DYNAMODB_JSON", "ION", "is of an export as ION; DYNAMODB_JSON"},
        {"manifest-summary",
         "2020-06-30\"",
         "2020-06-30\",\"exportType\":\"INCREMENTAL_EXPORT\"",
         "is of an export of changes"},
        {"manifest-summary",
         count.c_str(),
         "\"itemCount\":5,",
         "items, and manifest-summary.json says 5"},
        {"manifest-summary", "2d8752fd/manifest", "other/manifest", "names a file of another export"
        },
        {"manifest-summary", "{", "[", "manifest-summary.json is no JSON"},
        {"manifest-files",
         "data/a.json.gz",
         "../x/data/a",
         "line 1 names a file that is none of data"},
        {"manifest-files", "AWSDynamoDB/", "", "line 1 names a file outside of any export"},
        {"manifest-files",
         "\"md5Checksum\":\"",
         "\"md5Checksum\":\"AAAA",
         "line 1 has an md5Checksum"},
        {"manifest-files", "\"etag\":\"", "\"etag\":\"0", "data/a.json.gz is not what"},
        {"manifest-files", "data/b.json.gz", "data/a.json.gz", "data/a.json.gz"},
    };
    for (const auto& each : all) {
        write(lines);
        forge(each.stem, each.what, each.by);
        expect_refused(each.why);
    }
}

TEST_F(exports, of_other_tables_are_refused_with_the_line) {
    const std::string comment = test::export_lines(everything())[0];
    const auto lines_and_why = std::to_array<std::pair<std::string, const char*>>({
        {comment + "\nx\n", "data/a.json.gz line 2 is no JSON"},
        {"{}\n", "line 1 holds no item"},
        {"{\"Item\":{\"id\":{\"S\":\"user#1\"}}}\n",
         "line 1 holds an item of a kind that is not known, \"user#1\""},
        {"{\"Item\":{\"id\":{\"S\":\"1\"}}}\n", "line 1 cannot be read: the item \"1\""},
        {comment + "\n" + comment + "\n", "the export holds an item twice"},
        {std::string(export_line_bytes_max + 1, ' '), "line 0 is longer than any item may be"},
    });
    for (const auto& [text, why] : lines_and_why) {
        write_one_file(text);
        expect_refused(why);
    }
}

}  // namespace
}  // namespace palabre::store
