// SPDX-License-Identifier: Apache-2.0
#include "doctor/disk.hpp"

#include "support/temporary_folder.hpp"
#include "system/disk_space.hpp"

#include <gmock/gmock.h>

namespace palabre::doctor {
namespace {

namespace fs = std::filesystem;

bool is_wrong(const std::vector<finding>& found) {
    return std::ranges::find(found, severity::wrong, &finding::weight) != found.end();
}

TEST(disk_look, finds_a_usual_folder_in_order_and_leaves_nothing_there) {
    const test::temporary_folder folder;
    EXPECT_FALSE(is_wrong(look_at_disk(folder.path())));
    EXPECT_TRUE(fs::is_empty(folder.path()));
}

TEST(disk_look, only_remarks_a_folder_that_is_not_there_yet) {
    const test::temporary_folder folder;
    const auto found = look_at_disk(folder.path() / "data");
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].weight, severity::remark);
}

TEST(disk_look, sees_a_file_system_that_takes_nothing) {
    // Nobody can make files there, root neither.
    EXPECT_TRUE(is_wrong(look_at_disk("/proc/self")));
}

TEST(disk_space, is_too_little_below_what_the_database_needs) {
    disk_space left{disk_bytes_needed, 1, false};
    EXPECT_FALSE(reason_not_to_write(left));
    left.bytes -= 1;
    EXPECT_THAT(reason_not_to_write(left).value_or(""), testing::HasSubstr("kB are free"));
    left = {disk_bytes_needed, 0, false};
    EXPECT_TRUE(reason_not_to_write(left)) << "bytes are free and inodes are not";
    left = {disk_bytes_needed, std::nullopt, false};
    EXPECT_FALSE(reason_not_to_write(left));
    left.read_only = true;
    EXPECT_TRUE(reason_not_to_write(left));
}

}  // namespace
}  // namespace palabre::doctor
