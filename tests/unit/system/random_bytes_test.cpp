// SPDX-License-Identifier: Apache-2.0
#include "system/random_bytes.hpp"

#include "support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <thread>
#include <vector>

namespace palabre {
namespace {

namespace fs = std::filesystem;

class secret_test : public testing::Test {
protected:
    test::temporary_folder folder_;
    const fs::path file_ = folder_.path() / "data" / "edit.secret";
};

TEST(random_bytes, are_as_many_as_asked_for_and_never_the_same) {
    EXPECT_EQ(random_bytes(0), "");
    EXPECT_EQ(random_bytes(32).size(), 32U);
    EXPECT_NE(random_bytes(32), random_bytes(32));
}

TEST_F(secret_test, is_made_once_for_the_owner_alone) {
    const auto secret = load_or_make_secret(file_);
    EXPECT_EQ(secret.size(), secret_bytes);
    EXPECT_EQ(load_or_make_secret(file_), secret);
    EXPECT_EQ(fs::status(file_).permissions(), fs::perms::owner_read | fs::perms::owner_write);
    EXPECT_EQ(std::distance(fs::directory_iterator(file_.parent_path()), {}), 1);
}

TEST_F(secret_test, is_the_same_for_all_that_start_at_a_time) {
    std::vector<std::string> secrets(8);
    {
        std::vector<std::jthread> starts;
        for (auto& secret : secrets)
            starts.emplace_back([&] { secret = load_or_make_secret(file_); });
    }
    EXPECT_THAT(secrets, testing::Each(secrets.front()));
}

TEST_F(secret_test, is_not_made_of_another_file) {
    fs::create_directories(file_.parent_path());
    std::ofstream(file_) << "half a sec";
    EXPECT_THROW((void)load_or_make_secret(file_), std::runtime_error);
    EXPECT_EQ(fs::file_size(file_), 10U);
}

}  // namespace
}  // namespace palabre
