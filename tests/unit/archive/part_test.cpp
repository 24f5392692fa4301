// SPDX-License-Identifier: Apache-2.0
#include "unit/archive/memory_blob.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zstd.h>

namespace palabre::archive {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

std::string some_content() {
    std::string content;
    for (int i = 0; i < 20'000; ++i)
        content += "line " + std::to_string(i * 7919 % 10'007) + "\n";
    return content;
}

class archive_part : public testing::TestWithParam<const char*> {
protected:
    const std::string content_ = some_content();
    const stored_part stored_ = store_part(GetParam(), content_);
};

TEST_P(archive_part, comes_back_as_it_was) {
    EXPECT_EQ(stored_.of.content_bytes, content_.size());
    EXPECT_EQ(stored_.of.bytes, stored_.bytes.size());
    EXPECT_EQ(stored_.of.hash, util::sha256(stored_.bytes));
    EXPECT_EQ(stored_.of.content_hash, util::sha256(content_));
    EXPECT_EQ(read_part(stored_.of, stored_.bytes), content_);
    const auto empty = store_part(GetParam(), "");
    EXPECT_EQ(read_part(empty.of, empty.bytes), "");
}

TEST_P(archive_part, is_refused_when_it_is_cut_short) {
    for (std::size_t size = 0; size < stored_.bytes.size(); size += 1 + size / 20) {
        const auto read = read_part(stored_.of, stored_.bytes.substr(0, size));
        EXPECT_THAT(read, StartsWith("refused: ")) << size;
    }
}

TEST_P(archive_part, is_refused_when_a_byte_is_another) {
    for (std::size_t at = 0; at < stored_.bytes.size(); at += 1 + at / 30) {
        auto bytes = stored_.bytes;
        bytes[at] = static_cast<char>(bytes[at] ^ 0x10);
        EXPECT_THAT(read_part(stored_.of, bytes), StartsWith("refused: ")) << at;
    }
}

TEST_P(archive_part, is_refused_when_there_is_more) {
    EXPECT_THAT(read_part(stored_.of, stored_.bytes + '\0'), HasSubstr("longer"));
}

TEST_P(archive_part, is_refused_when_its_manifest_says_other_things) {
    auto other = stored_.of;
    other.content_hash.fill(0);
    EXPECT_THAT(read_part(other, stored_.bytes), StartsWith("refused: "));
    other = stored_.of;
    ++other.content_bytes;
    EXPECT_THAT(read_part(other, stored_.bytes), StartsWith("refused: "));
}

TEST_P(archive_part, is_missing) {
    EXPECT_THROW(part_reader(stored_.of, nullptr), archive_error);
}

INSTANTIATE_TEST_SUITE_P(both, archive_part, testing::Values("a.txt", "a.jsonl.zst"));

// A few thousand bytes that unpack to 200 MB: given up as soon as it is more than was promised.
TEST(archive_part_bomb, is_given_up) {
    const std::string content(200'000'000, 'x');
    std::string bomb(ZSTD_compressBound(content.size()), '\0');
    bomb.resize(ZSTD_compress(bomb.data(), bomb.size(), content.data(), content.size(), 3));
    part of{"a.zst"};
    of.bytes = bomb.size();
    of.hash = util::sha256(bomb);
    of.content_bytes = 1000;
    EXPECT_THAT(read_part(of, bomb), HasSubstr("holds more than its manifest says"));
}

// A frame after a frame is zstd's way to append; ours is one.
TEST(archive_part_frames, say_the_same_in_one_or_two) {
    const auto one = store_part("a.zst", "one");
    const auto two = store_part("a.zst", "two");
    part both{"a.zst"};
    both.bytes = one.bytes.size() + two.bytes.size();
    both.hash = util::sha256(one.bytes + two.bytes);
    both.content_bytes = 6;
    both.content_hash = util::sha256("onetwo");
    EXPECT_EQ(read_part(both, one.bytes + two.bytes), "onetwo");
}

}  // namespace
}  // namespace palabre::archive
