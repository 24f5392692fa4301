// SPDX-License-Identifier: Apache-2.0
#include "doctor/permissions.hpp"

#include "support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include <fstream>

namespace palabre::doctor {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class permissions_look : public ::testing::Test {
protected:
    permissions_look() {
        fs::permissions(folder_.path(), fs::perms::owner_all);
        for (const auto* name : {"comments.sqlite", "edit.secret"})
            make(name, 0600);
    }
    fs::path make(const std::string& name, unsigned mode) const {
        const auto file = folder_.path() / name;
        std::ofstream(file) << "x";
        fs::permissions(file, static_cast<fs::perms>(mode));
        return file;
    }
    [[nodiscard]] std::string complaints(const fs::path& key = {}) const {
        std::string all;
        for (const auto& each : look_at_permissions(folder_.path(), key))
            if (each.weight == severity::wrong) all += each.sentence + "\n";
        return all;
    }
    test::temporary_folder folder_;
};

TEST_F(permissions_look, finds_nothing_wrong_with_what_the_server_makes) {
    EXPECT_EQ(complaints(), "");
}

TEST_F(permissions_look, names_what_others_may_read) {
    make("comments.sqlite", 0640);
    EXPECT_THAT(complaints(), HasSubstr("comments.sqlite"));
    make("comments.sqlite", 0600);
    make("edit.secret", 0604);
    EXPECT_THAT(complaints(), HasSubstr("edit.secret"));
}

TEST_F(permissions_look, lets_the_group_read_a_key_of_tls_and_nobody_else) {
    EXPECT_EQ(complaints(make("server.key", 0640)), "");
    EXPECT_THAT(complaints(make("server.key", 0644)), HasSubstr("server.key"));
}

TEST_F(permissions_look, wants_nobody_else_to_write_into_the_folder) {
    fs::permissions(folder_.path(), fs::perms::owner_all | fs::perms::others_write);
    EXPECT_THAT(complaints(), HasSubstr("may write into"));
}

TEST_F(permissions_look, names_a_file_that_root_left_behind) {
    if (::geteuid() != 0) GTEST_SKIP() << "only root can give files away";
    constexpr uid_t other = 12345;
    ASSERT_EQ(::chown(folder_.path().c_str(), other, other), 0);
    ASSERT_EQ(::chown((folder_.path() / "edit.secret").c_str(), other, other), 0);
    EXPECT_THAT(complaints(), HasSubstr("comments.sqlite belongs to another user"));
    EXPECT_THAT(complaints(), Not(HasSubstr("edit.secret")));
}

}  // namespace
}  // namespace palabre::doctor
