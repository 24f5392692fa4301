// SPDX-License-Identifier: Apache-2.0
#include "archive/export_backup.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace palabre::archive {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

export_backup an_export_backup() {
    export_backup made;
    made.made_at = {1'795'000'000'123};
    made.program = "palabre 0.1.0";
    made.folder = "AWSDynamoDB/01693685827463-2d8752fd";
    made.table = "arn:aws:dynamodb:eu-west-3:123456789012:table/CommentairesAlternance";
    made.items = 22;
    made.files = 4;
    made.summary_hash = util::sha256("summary");
    made.files_hash = util::sha256("files");
    made.site = {2, 141, util::sha256("site")};
    return made;
}

TEST(export_backup, is_read_as_it_was_written) {
    auto one = an_export_backup();
    EXPECT_EQ(parse_export_backup(to_json(one)), one);
    one.site.reset();
    EXPECT_EQ(parse_export_backup(to_json(one)), one);
}

TEST(export_backup, that_was_changed_or_cut_is_refused) {
    const auto text = to_json(an_export_backup());
    for (std::size_t at = 0; at < text.size(); ++at) {
        auto other = text;
        other[at] ^= 1;
        EXPECT_THROW(static_cast<void>(parse_export_backup(other)), archive_error) << at;
        EXPECT_THROW(static_cast<void>(parse_export_backup(text.substr(0, at))), archive_error)
            << at;
    }
    EXPECT_THROW(static_cast<void>(parse_export_backup(std::string(100'000, ' '))), archive_error);
}

TEST(site_lists, are_read_as_they_were_written) {
    const std::vector<listed_site_file> files{
        {"a/\u00e9 \"b\".html", 12, "\"0123\""}, {"index.html", 0, ""}
    };
    std::string text;
    for (const auto& each : files)
        append_line(text, each);
    EXPECT_EQ(parse_site_list(text), files);
    EXPECT_TRUE(parse_site_list("").empty());
}

TEST(site_lists, that_lead_elsewhere_are_refused_with_the_line) {
    const std::string fine = R"({"path":"a","bytes":1,"etag":"e"})";
    for (const char* line :
         {R"({"path":"../a","bytes":1,"etag":"e"})",
          R"({"path":"/a","bytes":1,"etag":"e"})",
          R"({"path":"a","bytes":-1,"etag":"e"})",
          R"({"path":"a","bytes":1})",
          R"({"path":"a","bytes":1,"etag":"e","more":1})",
          "x"}) {
        EXPECT_THAT(
            [&] { static_cast<void>(parse_site_list(fine + "\n" + line + "\n")); },
            ThrowsMessage<archive_error>(HasSubstr("site.jsonl line 2 "))
        ) << line;
    }
}

TEST(site_lists, give_each_version_of_a_file_a_name_of_its_own) {
    const listed_site_file one{"a", 12, "\"e\""};
    const auto name = blob_name_of(one);
    EXPECT_EQ(name.size(), std::string("site-files/").size() + 64);
    EXPECT_EQ(name, blob_name_of({"a", 12, "\"e\""}));
    EXPECT_NE(name, blob_name_of({"b", 12, "\"e\""}));
    EXPECT_NE(name, blob_name_of({"a", 13, "\"e\""}));
    EXPECT_NE(name, blob_name_of({"a", 12, "\"f\""}));
    EXPECT_NE(name, blob_name_of({"a1", 2, "\"e\""}));
}

}  // namespace
}  // namespace palabre::archive
