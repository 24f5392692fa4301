// SPDX-License-Identifier: Apache-2.0
#include "contract/comment_store/vocabulary.hpp"
#include "faulty_disk.hpp"
#include "sqlite_ground.hpp"

#include <condition_variable>
#include <thread>

namespace palabre::store {
namespace {

using contract::a_comment;
using contract::id_of;

// Lets a test wait for what the writer's thread tells.
class awaited_observer final : public store_observer {
public:
    void section_changed(std::string_view) noexcept override {}
    void everything_changed() noexcept override {
        const std::lock_guard lock(mutex_);
        ++told_;
        changed_.notify_all();
    }
    // False after ten seconds, which is a thousand times what it takes.
    [[nodiscard]] bool wait_for(int times) {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, std::chrono::seconds{10}, [&] { return told_ >= times; });
    }
    [[nodiscard]] int times() {
        const std::lock_guard lock(mutex_);
        return told_;
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    int told_ = 0;
};

class sqlite_writer : public sqlite_ground {
protected:
    sqlite_options watchful(store_observer& observer) {
        auto made = options();
        made.observer = &observer;
        made.foreign_check_every = std::chrono::milliseconds{5};
        return made;
    }

    // Holds the write lock, so that all who write queue up behind it.
    class standstill {
    public:
        explicit standstill(database db) : db_(std::move(db)) { db_.execute("BEGIN IMMEDIATE"); }
        void end() { db_.execute("ROLLBACK"); }

    private:
        database db_;
    };

    // Runs the writes from a thread each, while none can be committed: they form few batches.
    template <class writes>
    void together(std::size_t count, const writes& write) {
        standstill still(plain());
        std::atomic<std::size_t> arrived = 0;
        std::vector<std::jthread> threads;
        threads.reserve(count);
        for (std::size_t i = 0; i < count; ++i) {
            threads.emplace_back([&, i] {
                ++arrived;
                write(i);
            });
        }
        while (arrived < count)
            std::this_thread::yield();
        still.end();
    }
};

TEST_F(sqlite_writer, notices_another_process) {
    awaited_observer observer;
    const auto store = open(watchful(observer));
    plain().execute("INSERT INTO sections (section_id) VALUES ('foreign')");
    EXPECT_TRUE(observer.wait_for(1));
    plain().execute("DELETE FROM sections");
    EXPECT_TRUE(observer.wait_for(2));
}

TEST_F(sqlite_writer, notices_another_store_and_reads_what_it_wrote) {
    awaited_observer observer;
    const auto server = open(watchful(observer));
    const auto import = open();
    import->add_missing(std::vector{a_comment(1)});
    EXPECT_TRUE(observer.wait_for(1));
    EXPECT_EQ(server->find(id_of(1)), a_comment(1));
}

TEST_F(sqlite_writer, takes_no_write_of_its_own_for_a_foreign_one) {
    awaited_observer observer;
    const auto store = open(watchful(observer));
    for (std::uint32_t number = 1; number <= 50; ++number) {
        store->post(a_comment(number), std::nullopt);
    }
    EXPECT_EQ(observer.times(), 0);
    plain().execute("INSERT INTO sections (section_id) VALUES ('foreign')");
    EXPECT_TRUE(observer.wait_for(1));
    EXPECT_EQ(observer.times(), 1);
}

TEST_F(sqlite_writer, shares_commits) {
    faulty_disk disk;
    const auto store = open();
    const int before = disk.syncs();
    together(100, [&](std::size_t i) {
        store->post(a_comment(static_cast<std::uint32_t>(i)), std::nullopt);
    });
    // A thread that has arrived may not have queued yet, hence not exactly one or two.
    EXPECT_LT(disk.syncs() - before, 50);
    EXPECT_EQ(store->list({contract::usual_section, std::nullopt, 1}).total, 100U);
}

TEST_F(sqlite_writer, commits_more_than_one_batch_holds) {
    auto small = options();
    small.batch_writes_max = 8;
    const auto store = open(small);
    together(50, [&](std::size_t i) {
        store->post(a_comment(static_cast<std::uint32_t>(i)), std::nullopt);
    });
    EXPECT_EQ(store->list({contract::usual_section, std::nullopt, 1}).total, 50U);
}

TEST_F(sqlite_writer, undoes_one_write_and_keeps_those_beside_it) {
    const auto store = open();
    store->post(a_comment(1000), std::nullopt);
    std::atomic<int> refused = 0;
    together(60, [&](std::size_t i) {
        // Every third one brings an id that is taken, in a section of its own.
        const bool bad = i % 3 == 0;
        const auto number = static_cast<std::uint32_t>(bad ? 1000 : i);
        try {
            store->post(a_comment(number, bad ? "bad" : "good"), std::nullopt);
        } catch (const store_error&) {
            ++refused;
        }
    });
    EXPECT_EQ(refused, 20);
    const std::vector<std::string> asked{"good", "bad"};
    EXPECT_EQ(store->counts(asked).at(0).published, 40U);
    EXPECT_EQ(store->counts(asked).at(1).published, 0U);
    EXPECT_EQ(observer_.times_told("bad"), 0);
    EXPECT_EQ(plain().number("SELECT count(*) FROM sections WHERE section_id = 'bad'"), 0);
}

TEST_F(sqlite_writer, recognises_a_retry_in_the_same_batch) {
    const auto store = open();
    const auto key = contract::once(clock_, "key", 1);
    std::array<post_answer, 20> answers{};
    together(answers.size(), [&](std::size_t i) {
        answers.at(i) = store->post(a_comment(static_cast<std::uint32_t>(i)), key);
    });
    EXPECT_EQ(plain().number("SELECT count(*) FROM comments"), 1);
    for (const auto& each : answers)
        EXPECT_EQ(each.stored, answers[0].stored);
}

TEST_F(sqlite_writer, gives_up_when_another_process_keeps_the_lock) {
    auto hasty = options();
    hasty.busy_wait = std::chrono::milliseconds{1};
    const auto store = open(hasty);
    store->post(a_comment(1), std::nullopt);
    {
        standstill still(plain());
        EXPECT_THROW(store->post(a_comment(2), std::nullopt), store_error);
        EXPECT_EQ(store->find(id_of(1)), a_comment(1));
        still.end();
    }
    EXPECT_EQ(store->post(a_comment(2), std::nullopt).status, post_status::stored);
}

TEST_F(sqlite_writer, forgets_expired_keys_in_time) {
    const auto store = open();
    for (std::uint32_t number = 1; number <= 6; ++number) {
        const auto key = contract::once(clock_, "key " + std::to_string(number), 1);
        store->post(a_comment(number), key);
    }
    constexpr const char* keys = "SELECT count(*) FROM idempotency";
    EXPECT_EQ(plain().number(keys), 6);
    clock_.advance(contract::key_lifetime_ms + 1);
    // Each post brings one and takes two away, until none is left that expired.
    std::vector<std::int64_t> left;
    for (std::uint32_t number = 11; number <= 15; ++number) {
        const auto key = contract::once(clock_, "key " + std::to_string(number), 1);
        store->post(a_comment(number), key);
        left.push_back(plain().number(keys));
    }
    EXPECT_THAT(left, testing::ElementsAre(5, 4, 3, 4, 5));
}

TEST_F(sqlite_writer, stores_again_when_the_comment_of_a_key_was_erased) {
    const auto store = open();
    const auto key = contract::once(clock_, "key", 1);
    store->post(a_comment(1), key);
    plain().execute("DELETE FROM comments");
    EXPECT_EQ(store->post(a_comment(2), key).status, post_status::stored);
    EXPECT_EQ(store->post(a_comment(3), key).stored, a_comment(2));
}

}  // namespace
}  // namespace palabre::store
