// SPDX-License-Identifier: Apache-2.0
#include "home/machine/backup_keeper.hpp"

#include "contract/records/vocabulary.hpp"
#include "home/cloud/cloud.hpp"
#include "home/machine/numbers.hpp"
#include "service/list_backups.hpp"
#include "store/memory/memory_store.hpp"
#include "support/temporary_folder.hpp"

#include <chrono>
#include <thread>

namespace palabre::machine {
namespace {

using testing::HasSubstr;

class backup_keeping : public testing::Test {
protected:
    backup_keeping() {
        chosen_.base = here_.path();
        chosen_.site.folder.clear();
        chosen_.backup.folder = "backups";
        contract::put_all(contract::everything(), home_);
    }

    [[nodiscard]] std::vector<listed_backup> backups() {
        backup_place place((here_.path() / "backups").string(), home::variables_of_process());
        return list_backups(place.store());
    }

    // The keeper works on a thread of its own; nothing here takes long.
    template <class condition>
    [[nodiscard]] static bool wait_for(const condition& held) {
        const auto given_up = std::chrono::steady_clock::now() + std::chrono::seconds(60);
        while (!held() && std::chrono::steady_clock::now() < given_up)
            std::this_thread::yield();
        return held();
    }

    static std::string metrics_of(const backup_keeper& keeper) {
        const metrics::request_metrics requests;
        metrics::registry registry(requests, "test");
        add_numbers_of(keeper, registry);
        return registry.text();
    }

    test::temporary_folder here_;
    contract::manual_clock clock_;
    store::memory_store home_{clock_};
    config::settings chosen_;
};

TEST_F(backup_keeping, is_off_without_a_folder) {
    chosen_.backup.folder.clear();
    EXPECT_EQ(keep_backups(chosen_, home_, clock_), nullptr);
}

TEST_F(backup_keeping, makes_up_for_what_was_missed_and_counts_it) {
    {
        const auto keeper = keep_backups(chosen_, home_, clock_);
        EXPECT_TRUE(wait_for([&] { return keeper->last_success_s() == 1'700'000'000; }));
        EXPECT_THAT(
            metrics_of(*keeper),
            HasSubstr("\npalabre_backup_last_success_timestamp_seconds 1700000000\n")
        );
        EXPECT_THAT(metrics_of(*keeper), HasSubstr("\npalabre_backup_failures_total 0\n"));
    }
    EXPECT_EQ(backups().size(), 1U);
    {
        // An hour later, after a restart: known from the folder, and nothing is due.
        clock_.advance(3'600'000);
        const auto keeper = keep_backups(chosen_, home_, clock_);
        EXPECT_TRUE(wait_for([&] { return keeper->last_success_s() > 0; }));
    }
    EXPECT_EQ(backups().size(), 1U);
    clock_.advance(23 * 3'600'000LL);
    const auto keeper = keep_backups(chosen_, home_, clock_);
    EXPECT_TRUE(wait_for([&] { return backups().size() == 2; }));
}

TEST_F(backup_keeping, removes_what_is_not_kept) {
    chosen_.backup.keep_daily = 1;
    chosen_.backup.keep_weekly = 0;
    chosen_.backup.keep_monthly = 0;
    for (int day = 0; day < 2; ++day) {
        const auto keeper = keep_backups(chosen_, home_, clock_);
        EXPECT_TRUE(wait_for([&] {
            const auto all = backups();
            return all.size() == 1 && all.front().at == clock_.now();
        }));
        clock_.advance(24 * 3'600'000LL);
    }
}

TEST_F(backup_keeping, counts_failures) {
    here_.write("backups", "a file, and no folder");
    const auto keeper = keep_backups(chosen_, home_, clock_);
    EXPECT_TRUE(wait_for([&] { return keeper->failures() == 1; }));
    EXPECT_THAT(metrics_of(*keeper), HasSubstr("\npalabre_backup_failures_total 1\n"));
    EXPECT_EQ(keeper->last_success_s(), 0);
}

}  // namespace
}  // namespace palabre::machine
