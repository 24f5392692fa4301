// SPDX-License-Identifier: Apache-2.0
#include "core/page_path.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace palabre {
namespace {

boost::json::value shared_table() {
    std::ifstream file(PALABRE_SOURCE_DIR "/contract/page-paths.json");
    std::ostringstream text;
    text << file.rdbuf();
    return boost::json::parse(text.str());
}

// The widget's tests read the same table.
TEST(page_path, follows_the_table_shared_with_the_widget) {
    const auto table = shared_table();
    ASSERT_GT(table.as_array().size(), 20U);
    for (const auto& row : table.as_array()) {
        const std::string from(row.at("from").as_string());
        EXPECT_EQ(fold_page_path(from), std::string(row.at("to").as_string())) << from;
    }
}

TEST(page_path, does_not_change_when_folded_again) {
    const auto table = shared_table();
    for (const auto& row : table.as_array()) {
        const std::string once(row.at("to").as_string());
        EXPECT_EQ(fold_page_path(once), once);
    }
}

}  // namespace
}  // namespace palabre
