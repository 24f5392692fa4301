// SPDX-License-Identifier: Apache-2.0
#include "support/golden.hpp"

#include "http/api.hpp"
#include "store/memory/memory_store.hpp"
#include "store/sqlite/sqlite_store.hpp"
#include "support/fakes.hpp"
#include "support/temporary_folder.hpp"

#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>

namespace palabre::http {
namespace {

// The application as every home builds it, but with a clock and ids that can be foretold.
class golden_test : public testing::Test {
protected:
    static api_options options() {
        api_options made;
        made.version = "0.0.0";
        made.contract_json = "{}";
        made.allowed_origins = {"https://friend.example"};
        return made;
    }

    void run(comment_store& store) {
        test::counting_ids ids;
        api app(options(), store, cache_, clock_, ids);
        // With PALABRE_SHOW_GOLDEN set, prints the answers, for a person to check and to keep.
        const bool show = std::getenv("PALABRE_SHOW_GOLDEN") != nullptr;
        for (const auto& entry : test::read_golden("comments.json")) {
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

TEST_F(golden_test, holds_on_the_store_in_memory) {
    store::memory_store store(clock_, &cache_);
    run(store);
}

TEST_F(golden_test, holds_on_sqlite) {
    const test::temporary_folder folder;
    store::sqlite_options options;
    options.file = folder.path() / "comments.db";
    options.observer = &cache_;
    store::sqlite_store store(options, clock_);
    run(store);
}

}  // namespace
}  // namespace palabre::http
