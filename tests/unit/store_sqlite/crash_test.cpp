// SPDX-License-Identifier: Apache-2.0
#include "contract/comment_store/vocabulary.hpp"
#include "sqlite_ground.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <set>
#include <thread>

namespace palabre::store {
namespace {

using contract::a_comment;
using contract::id_of;

constexpr std::uint32_t rounds = 12;
constexpr std::uint32_t posters = 8;
constexpr std::uint32_t numbers_per_poster = 100'000;

// Posts without end and writes the number of each comment into the pipe once it is acknowledged.
[[noreturn]] void post_until_killed(
    const sqlite_options& options, const clock& wall, std::uint32_t round, int acknowledged
) {
    sqlite_store store(options, wall);
    std::vector<std::jthread> threads;
    threads.reserve(posters);
    for (std::uint32_t poster = 0; poster < posters; ++poster) {
        threads.emplace_back([&, poster] {
            auto number = (round * posters + poster) * numbers_per_poster;
            for (;; ++number) {
                const auto key = contract::once(wall, std::to_string(number), 1);
                store.post(a_comment(number), key);
                if (::write(acknowledged, &number, sizeof number) != sizeof number) ::_exit(1);
            }
        });
    }
    for (;;)
        ::pause();
}

class sqlite_crash : public sqlite_ground {
protected:
    // Runs a child until it has acknowledged `enough` posts, kills it in the midst of the next
    // ones, and gives all that it acknowledged.
    std::set<std::uint32_t> run_and_kill(std::uint32_t round, std::size_t enough) {
        std::array<int, 2> ends{};
        if (::pipe(ends.data()) != 0) throw std::runtime_error("pipe");
        const pid_t child = ::fork();
        if (child == 0) {
            ::close(ends[0]);
            post_until_killed(options(), clock_, round, ends[1]);
        }
        ::close(ends[1]);
        std::set<std::uint32_t> acknowledged;
        std::uint32_t number = 0;
        // A pipe passes so few bytes whole or not at all. It ends when the child is gone.
        while (::read(ends[0], &number, sizeof number) == sizeof number) {
            acknowledged.insert(number);
            if (acknowledged.size() == enough) ::kill(child, SIGKILL);
        }
        ::close(ends[0]);
        int status = 0;
        ::waitpid(child, &status, 0);
        EXPECT_TRUE(WIFSIGNALED(status)) << "the child ended by itself";
        return acknowledged;
    }
};

TEST_F(sqlite_crash, keeps_everything_acknowledged_over_kill_9) {
    std::set<std::uint32_t> all;
    for (std::uint32_t round = 0; round < rounds; ++round) {
        all.merge(run_and_kill(round, 20 + 13 * round));
        const auto store = open();
        for (const auto number : all) {
            ASSERT_EQ(store->find(id_of(number)), a_comment(number)) << "round " << round;
        }
        // Those stored and not acknowledged may be there too; the count is right with them.
        const auto total = store->list({contract::usual_section, std::nullopt, 1}).total;
        EXPECT_GE(total, all.size());
        EXPECT_EQ(
            plain().number("SELECT count(*) FROM comments"), static_cast<std::int64_t>(total)
        );
        EXPECT_EQ(
            plain().number("SELECT count(*) FROM idempotency"), static_cast<std::int64_t>(total)
        );
        const auto retried = *all.begin();
        const auto key = contract::once(clock_, std::to_string(retried), 1);
        EXPECT_EQ(store->post(a_comment(4'000'000'000), key).status, post_status::replayed);
    }
}

}  // namespace
}  // namespace palabre::store
