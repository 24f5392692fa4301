// SPDX-License-Identifier: Apache-2.0
#include "archive/manifest.hpp"

#include "archive/backup_name.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace palabre::archive {
namespace {

using testing::HasSubstr;

manifest a_manifest() {
    manifest made;
    made.made_at = {1'795'369'500'123};
    made.program = "palabre 0.1.0";
    std::uint8_t n = 1;
    made.site = part{std::string(site_file_name)};
    for (auto* each :
         {&made.comments, &made.audit, &made.sections, &made.keys, &made.settings, &*made.site}) {
        each->bytes = n * 1000;
        each->hash.fill(n);
        each->content_bytes = n * 10'000ULL * 1'000'000'000'000'000;
        each->content_hash.fill(static_cast<std::uint8_t>(n + 100));
        each->count = n++;
    }
    return made;
}

std::string refusal(const std::string& text) try {
    static_cast<void>(parse_manifest(text));
    return "not refused";
} catch (const archive_error& error) {
    return error.what();
}

std::string with_part_replaced(std::string in, std::string_view what, std::string_view by) {
    const auto at = in.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return in.replace(at, what.size(), by);
}

// A manifest with another body, and the checksum that goes with it.
std::string signed_again(std::string text) {
    text.resize(text.rfind(",\"checksum\""));
    const auto sum = util::to_hex(util::sha256(text));
    return text + ",\"checksum\":\"" + sum + "\"}\n";
}

TEST(manifest, comes_back_as_it_was) {
    EXPECT_EQ(parse_manifest(to_json(a_manifest())), a_manifest());
    auto without_site = a_manifest();
    without_site.site.reset();
    EXPECT_EQ(parse_manifest(to_json(without_site)), without_site);
    EXPECT_EQ(a_manifest().bytes(), 21'000U);
}

TEST(manifest, is_refused_when_any_bit_of_it_is_another) {
    const auto good = to_json(a_manifest());
    for (std::size_t i = 0; i < good.size(); ++i) {
        for (unsigned bit = 0; bit < 8; ++bit) {
            auto bad = good;
            bad[i] = static_cast<char>(bad[i] ^ (1U << bit));
            EXPECT_NE(refusal(bad), "not refused") << i << ", " << bit;
        }
    }
}

TEST(manifest, is_refused_when_it_is_cut_short_or_longer) {
    const auto good = to_json(a_manifest());
    for (std::size_t size = 0; size < good.size(); ++size)
        EXPECT_NE(refusal(good.substr(0, size)), "not refused") << size;
    EXPECT_NE(refusal(good + " "), "not refused");
    EXPECT_NE(refusal(good + std::string(manifest_bytes_max, ' ')), "not refused");
}

TEST(manifest, of_something_else_is_refused) {
    for (const char* foreign : {"[]", "{}", "7", R"({"format":"tar"})", R"({"format":7})"}) {
        EXPECT_THAT(refusal(foreign), HasSubstr("not one of a backup of Palabre")) << foreign;
    }
    EXPECT_THAT(refusal(""), HasSubstr("damaged"));
    EXPECT_THAT(refusal(R"({"format":"palabre-backup"})"), HasSubstr("has no version"));
}

TEST(manifest, of_a_newer_version_is_refused_whatever_else_it_holds) {
    EXPECT_THAT(
        refusal(R"({"format":"palabre-backup","version":2,"anything":[1,2]})"),
        HasSubstr("use a newer palabre")
    );
    EXPECT_NE(refusal(R"({"format":"palabre-backup","version":0})"), "not refused");
}

// Somebody who can make checksums cannot make it name other files, or hold what nobody knows.
TEST(manifest, is_read_strictly) {
    const auto good = to_json(a_manifest());
    EXPECT_EQ(refusal(signed_again(good)), "not refused");
    const std::vector<std::pair<std::string, std::string>> changes{
        {"\"comments.jsonl.zst\"", "\"../secret\""},
        {"\"site.tar.zst\"", "\"audit.jsonl.zst\""},
        {"\"bytes\":1000", "\"bytes\":-1"},
        {"\"bytes\":1000", "\"bytes\":\"1000\""},
        {"\"count\":1}", "\"count\":1,\"more\":2}"},
        {"\"program\"", "\"more\":1,\"program\""},
        {"\"audit\":{", "\"audits\":{"},
        {"\"madeAt\":\"2", "\"madeAt\":\"x"},
    };
    for (const auto& [what, by] : changes) {
        EXPECT_NE(refusal(signed_again(with_part_replaced(good, what, by))), "not refused") << by;
    }
}

TEST(backup_name, is_a_time_and_nothing_else) {
    EXPECT_EQ(backup_name({1'795'369'500'123}), "2026-11-22T17-45-00.123Z");
    EXPECT_EQ(parse_backup_name("2026-11-22T17-45-00.123Z"), timestamp{1'795'369'500'123});
    for (const char* other :
         {"",
          "unfinished",
          "2026-11-22T17:45:00.123Z",
          "2026-11-22T17-45-00.123+",
          "2026-02-30T17-45-00.123Z",
          "2026-11-22t17-45-00.123Z",
          "2026-11-22T17-45-00.123Z/"}) {
        EXPECT_EQ(parse_backup_name(other), std::nullopt) << other;
    }
}

}  // namespace
}  // namespace palabre::archive
