// SPDX-License-Identifier: Apache-2.0
#include "util/file_lock.hpp"

#include "support/temporary_folder.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <system_error>

namespace palabre::util {
namespace {

enum class on { folder, file };

class file_locking : public ::testing::TestWithParam<on> {
protected:
    std::optional<file_lock> lock(lock_kind how) {
        if (GetParam() == on::folder) return file_lock::try_folder(here_.path(), how);
        return file_lock::try_file(here_.path() / "lock", how);
    }

    test::temporary_folder here_;
};

TEST_P(file_locking, is_shared_or_exclusive) {
    {
        const auto one = lock(lock_kind::shared);
        const auto other = lock(lock_kind::shared);
        EXPECT_TRUE(one && other);
        EXPECT_FALSE(lock(lock_kind::exclusive));
    }
    const auto alone = lock(lock_kind::exclusive);
    EXPECT_TRUE(alone);
    EXPECT_FALSE(lock(lock_kind::exclusive));
    EXPECT_FALSE(lock(lock_kind::shared));
}

TEST_P(file_locking, holds_between_processes_and_ends_with_them) {
    std::array<int, 2> ready{}, end{};
    ASSERT_EQ(::pipe(ready.data()) + ::pipe(end.data()), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        const auto held = lock(lock_kind::exclusive);
        const char answer = held ? 'y' : 'n';
        char byte = 0;
        ::close(end[1]);
        if (::write(ready[1], &answer, 1) != 1 || ::read(end[0], &byte, 1) != 0) ::_exit(1);
        ::_exit(0);
    }
    char answer = 0;
    ASSERT_EQ(::read(ready[0], &answer, 1), 1);
    EXPECT_EQ(answer, 'y');
    EXPECT_FALSE(lock(lock_kind::shared));
    ::close(end[1]);
    ::waitpid(child, nullptr, 0);
    EXPECT_TRUE(lock(lock_kind::exclusive));
    for (const int each : {ready[0], ready[1], end[0]})
        ::close(each);
}

TEST_P(file_locking, goes_along_when_moved) {
    auto one = lock(lock_kind::exclusive);
    file_lock other(*std::move(one));
    one.reset();
    EXPECT_FALSE(lock(lock_kind::shared));
}

TEST(file_lock_on_nothing, says_what_is_missing) {
    EXPECT_THROW(
        static_cast<void>(file_lock::try_folder("/no/such/folder", lock_kind::shared)),
        std::system_error
    );
}

INSTANTIATE_TEST_SUITE_P(both, file_locking, ::testing::Values(on::folder, on::file));

}  // namespace
}  // namespace palabre::util
