// SPDX-License-Identifier: Apache-2.0
#include "contract/comment_store/vocabulary.hpp"
#include "faulty_disk.hpp"
#include "sqlite_ground.hpp"
#include "store/sqlite/schema.hpp"

#include <thread>

namespace palabre::store {
namespace {

using contract::a_comment;
using contract::id_of;

class sqlite_durability : public sqlite_ground {
protected:
    std::uint64_t total(comment_store& store) {
        return store.list({contract::usual_section, std::nullopt, 1}).total;
    }
    faulty_disk disk_;  // before any store is opened
};

TEST_F(sqlite_durability, returns_after_the_log_is_on_the_disk) {
    const auto store = open();
    for (std::uint32_t number = 1; number <= 10; ++number) {
        const int before = disk_.syncs();
        store->post(a_comment(number), std::nullopt);
        EXPECT_GT(disk_.syncs(), before);
        EXPECT_TRUE(disk_.all_synced());
    }
}

TEST_F(sqlite_durability, does_not_wait_for_the_disk_when_nothing_was_written) {
    const auto store = open();
    const auto key = contract::once(clock_, "key", 1);
    store->post(a_comment(1), key);
    const int before = disk_.syncs();
    store->post(a_comment(2), key);
    EXPECT_EQ(disk_.syncs(), before);
}

// Reads the database as another process would, in the moment in which it is told of a change.
class looking_observer final : public store_observer {
public:
    looking_observer(const faulty_disk& disk, std::filesystem::path file)
        : disk_(disk), file_(std::move(file)) {}
    void section_changed(std::string_view) noexcept override {
        database db(file_, access::read_only, std::chrono::milliseconds{5000});
        seen = db.number("SELECT count(*) FROM comments");
        synced = disk_.all_synced();
    }
    void everything_changed() noexcept override {}

    std::int64_t seen = 0;
    bool synced = false;

private:
    const faulty_disk& disk_;
    const std::filesystem::path file_;
};

TEST_F(sqlite_durability, tells_of_what_is_durable_already) {
    looking_observer observer(disk_, file());
    auto watched = options();
    watched.observer = &observer;
    const auto store = open(watched);
    for (std::uint32_t number = 1; number <= 5; ++number) {
        store->post(a_comment(number), std::nullopt);
        EXPECT_EQ(observer.seen, number);
        EXPECT_TRUE(observer.synced);
    }
}

class sqlite_bad_disk : public sqlite_durability, public testing::WithParamInterface<disk_fault> {};

TEST_P(sqlite_bad_disk, acknowledges_nothing_and_recovers) {
    const auto store = open();
    const auto key = contract::once(clock_, "key", 1);
    store->post(a_comment(1), std::nullopt);

    disk_.set(GetParam());
    EXPECT_THROW(store->post(a_comment(2), key), store_error);
    EXPECT_THROW(store->add_missing(std::vector{a_comment(3)}), store_error);
    EXPECT_EQ(total(*store), 1U);
    EXPECT_EQ(store->find(id_of(1)), a_comment(1));
    EXPECT_EQ(store->find_any(id_of(2)), std::nullopt);
    EXPECT_NO_THROW(store->check());
    EXPECT_EQ(observer_.times_told("projets"), 1);

    disk_.set(disk_fault::none);
    EXPECT_EQ(store->post(a_comment(2), key).status, post_status::stored);
    EXPECT_EQ(store->add_missing(std::vector{a_comment(3)}), 1U);
    EXPECT_EQ(total(*store), 3U);
}

TEST_P(sqlite_bad_disk, knows_that_it_cannot_write_until_it_can) {
    auto quick = options();
    quick.foreign_check_every = std::chrono::milliseconds{5};
    const auto store = open(quick);
    const auto writes = [&] {
        try {
            store->check_writing();
            return true;
        } catch (const store_error&) {
            return false;
        }
    };
    EXPECT_TRUE(writes());
    disk_.set(GetParam());
    EXPECT_THROW(store->post(a_comment(1), std::nullopt), store_error);
    EXPECT_FALSE(writes());
    // It tries by itself, and that leaves nothing behind.
    const int before = disk_.syncs();
    disk_.set(disk_fault::none);
    while (!writes())
        std::this_thread::yield();
    EXPECT_GT(disk_.syncs(), before);
    EXPECT_EQ(total(*store), 0U);
    EXPECT_EQ(plain().number("PRAGMA user_version"), schema_version);
}

TEST_P(sqlite_bad_disk, fails_all_that_share_a_commit) {
    const auto store = open();
    disk_.set(GetParam());
    std::atomic<int> refused = 0;
    {
        std::vector<std::jthread> threads;
        for (std::uint32_t number = 1; number <= 32; ++number) {
            threads.emplace_back([&, number] {
                try {
                    store->post(a_comment(number), std::nullopt);
                } catch (const store_error&) {
                    ++refused;
                }
            });
        }
    }
    EXPECT_EQ(refused, 32);
    disk_.set(disk_fault::none);
    EXPECT_EQ(total(*store), 0U);
    store->post(a_comment(1), std::nullopt);
    EXPECT_EQ(total(*store), 1U);
}

TEST_P(sqlite_bad_disk, loses_nothing_acknowledged_over_a_restart) {
    {
        const auto store = open();
        store->post(a_comment(1), std::nullopt);
        disk_.set(GetParam());
        EXPECT_THROW(store->post(a_comment(2), std::nullopt), store_error);
    }
    disk_.set(disk_fault::none);
    EXPECT_EQ(open()->find(id_of(1)), a_comment(1));
}

INSTANTIATE_TEST_SUITE_P(
    faults,
    sqlite_bad_disk,
    testing::Values(disk_fault::full, disk_fault::broken_write, disk_fault::broken_sync)
);

}  // namespace
}  // namespace palabre::store
