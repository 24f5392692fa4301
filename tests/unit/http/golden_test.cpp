// SPDX-License-Identifier: Apache-2.0
#include "support/golden.hpp"

#include "http/api.hpp"
#include "store/memory/memory_store.hpp"
#include "store/sqlite/sqlite_store.hpp"
#include "support/fakes.hpp"
#include "support/temporary_folder.hpp"
#include "util/sha256.hpp"

#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>

namespace palabre::http {
namespace {

// The application as every home builds it, but with a clock and ids that can be foretold.
class golden_test : public testing::TestWithParam<std::string> {
protected:
    static api_options options() {
        api_options made;
        made.version = "0.0.0";
        made.contract_json = "{}";
        made.allowed_origins = {"https://friend.example"};
        made.rules.hold_sections = {"missions"};
        made.edit_secret = std::string(32, 's');
        return made;
    }

    // The keys that golden requests carry: "plb_", the id ten times its letter, '_', forty times.
    static api_key key_of(role may, char letter) {
        api_key key;
        key.id = std::string(10, letter);
        key.name = std::string(name_of(may)) + " of the test";
        key.may = may;
        key.hash = util::sha256("plb_" + key.id + "_" + std::string(40, letter));
        return key;
    }

    template <class store_type>
    void run(store_type& store, const std::string& file) {
        store.add_key(key_of(role::site, 's'));
        store.add_key(key_of(role::moderator, 'm'));
        test::counting_ids ids;
        api app(options(), {store, store, store, clock_, ids}, cache_);
        // With PALABRE_SHOW_GOLDEN set, prints the answers, for a person to check and to keep.
        const bool show = std::getenv("PALABRE_SHOW_GOLDEN") != nullptr;
        for (const auto& entry : test::read_golden(file)) {
            if (show) {
                std::cout << boost::json::serialize(test::answer_to(app, entry)) << '\n';
            } else {
                EXPECT_EQ(test::difference(app, entry), "");
            }
        }
    }

    test::fake_clock clock_{{1'795'369'500'000}};
    page_cache cache_{10'000'000};
};

INSTANTIATE_TEST_SUITE_P(
    files,
    golden_test,
    testing::Values("comments.json", "moderation.json"),
    [](const auto& each) { return each.param.substr(0, each.param.find('.')); }
);

TEST_P(golden_test, holds_on_the_store_in_memory) {
    store::memory_store store(clock_, &cache_);
    run(store, GetParam());
}

TEST_P(golden_test, holds_on_sqlite) {
    const test::temporary_folder folder;
    store::sqlite_options options;
    options.file = folder.path() / "comments.db";
    options.observer = &cache_;
    store::sqlite_store store(options, clock_);
    run(store, GetParam());
}

}  // namespace
}  // namespace palabre::http
