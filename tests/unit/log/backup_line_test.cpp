// SPDX-License-Identifier: Apache-2.0
#include "log/backup_line.hpp"

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace palabre::log {
namespace {

boost::json::value line_of(const backup_metrics& of) {
    std::string line;
    append_backup_metric_line(line, of);
    EXPECT_TRUE(line.ends_with("}\n"));
    return boost::json::parse(line);
}

TEST(backup_line, is_a_metric_line_of_cloudwatch) {
    constexpr std::int64_t hours_25_and_a_half = 25 * 3'600'000 + 1'800'000;
    const auto line =
        line_of({{1'700'000'000'123}, "backup", "request-1", hours_25_and_a_half, 2, 7});
    EXPECT_EQ(line.at("BackupAge").as_double(), 25.5);
    EXPECT_EQ(line.at("BackupFailures").as_int64(), 2);
    EXPECT_EQ(line.at("SiteFilesCopied").as_int64(), 7);
    EXPECT_EQ(line.at("Service"), "backup");
    EXPECT_EQ(line.at("requestId"), "request-1");
    const auto& meta = line.at("_aws");
    EXPECT_EQ(meta.at("Timestamp").as_int64(), 1'700'000'000'123);
    const auto& directive = meta.at("CloudWatchMetrics").at(0);
    EXPECT_EQ(boost::json::serialize(directive.at("Dimensions")), R"([["Service"]])");
    // Every metric that is announced stands in the line, as a number.
    for (const auto& each : directive.at("Metrics").as_array())
        EXPECT_TRUE(line.at(each.at("Name").as_string()).is_number());
    EXPECT_EQ(directive.at("Metrics").as_array().size(), 3U);
}

TEST(backup_line, leaves_out_an_age_that_nobody_knows_and_knows_none_below_zero) {
    EXPECT_FALSE(line_of({{0}, "backup", "r"}).as_object().contains("BackupAge"));
    EXPECT_EQ(line_of({{0}, "backup", "r", -5'000'000}).at("BackupAge").as_double(), 0);
}

}  // namespace
}  // namespace palabre::log
