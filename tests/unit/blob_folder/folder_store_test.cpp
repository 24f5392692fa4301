// SPDX-License-Identifier: Apache-2.0
#include "blob/folder/folder_store.hpp"

#include "contract/blob_store_suite.hpp"
#include "support/temporary_folder.hpp"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

namespace palabre::contract {
namespace {

made_blobs make_folder_store() {
    auto folder = std::make_shared<test::temporary_folder>();
    auto store = std::make_unique<blob::folder_store>(folder->path() / "not" / "yet");
    return {std::move(folder), std::move(store)};
}

INSTANTIATE_TEST_SUITE_P(
    folder,
    blob_store_suite,
    testing::Values(blob_case{"folder", make_folder_store}),
    testing::PrintToStringParamName()
);

}  // namespace
}  // namespace palabre::contract

namespace palabre::blob {
namespace {

namespace fs = std::filesystem;

class blob_folder : public testing::Test {
protected:
    test::temporary_folder here_;
    folder_store store_{here_.path() / "blobs"};
};

TEST_F(blob_folder, is_for_its_owner_alone) {
    contract::put_blob(store_, "a/b", "secret");
    EXPECT_EQ(fs::status(here_.path() / "blobs").permissions(), fs::perms::owner_all);
    EXPECT_EQ(fs::status(here_.path() / "blobs" / "a").permissions(), fs::perms::owner_all);
    EXPECT_EQ(
        fs::status(here_.path() / "blobs" / "a" / "b").permissions(),
        fs::perms::owner_read | fs::perms::owner_write
    );
}

TEST_F(blob_folder, neither_lists_nor_needs_what_a_crash_left) {
    contract::put_blob(store_, "a/b", "whole");
    std::ofstream(here_.path() / "blobs" / "a" / ".b.part") << "half";
    EXPECT_EQ(store_.list("").size(), 1U);
    contract::put_blob(store_, "a/b", "other");
    EXPECT_EQ(contract::get_blob(store_, "a/b"), "other");
    EXPECT_FALSE(fs::exists(here_.path() / "blobs" / "a" / ".b.part"));
}

// What a full disk does to a write, done by the kernel. In a child, since it concerns the process.
TEST_F(blob_folder, leaves_nothing_when_the_disk_is_full) {
    contract::put_blob(store_, "a/b", "old");
    const pid_t child = ::fork();
    if (child == 0) {
        ::signal(SIGXFSZ, SIG_IGN);
        const rlimit small{4096, 4096};
        ::setrlimit(RLIMIT_FSIZE, &small);
        int code = 1;
        try {
            contract::put_blob(store_, "a/b", std::string(100'000, 'x'));
        } catch (const blob_error& error) {
            code = std::string_view(error.what()).find("a/.b.part") == std::string_view::npos;
        }
        ::_exit(code);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    EXPECT_EQ(contract::get_blob(store_, "a/b"), "old");
    EXPECT_TRUE(fs::exists(here_.path() / "blobs" / "a" / "b"));
    EXPECT_FALSE(fs::exists(here_.path() / "blobs" / "a" / ".b.part"));
}

}  // namespace
}  // namespace palabre::blob
