// SPDX-License-Identifier: Apache-2.0
#include "log/request_line.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace palabre::log {
namespace {

request_record some_record() {
    return {
        .request_id = "r\"1\n",
        .method = "GET",
        .route = "GET /commentaires",
        .status = 200,
        .bytes_sent = 512,
        .microseconds = 87,
        .address = {},
    };
}

std::vector<std::string> names_in(const std::string& line) {
    std::vector<std::string> names;
    const auto json = boost::json::parse(line);
    for (const auto& [name, value] : json.as_object())
        names.emplace_back(name);
    return names;
}

TEST(request_line, has_the_fields_of_the_runbook_in_one_line) {
    std::string line = "before\n";
    append_request_line(line, some_record());
    ASSERT_TRUE(line.starts_with("before\n{\"time\":\""));
    line.erase(0, 7);
    EXPECT_EQ(line.find('\n'), line.size() - 1);
    EXPECT_EQ(
        names_in(line),
        (std::vector<std::string>{
            "time", "request_id", "method", "route", "status", "bytes", "duration_us"
        })
    );
    EXPECT_EQ(boost::json::parse(line).at("request_id"), "r\"1\n");
}

TEST(request_line, says_more_when_it_is_told_more) {
    auto record = some_record();
    record.address = "192.0.2.1";
    const extra_member more[] = {{"function_request_id", "f"}, {"xray_trace_id", "1-2"}};
    std::string line;
    append_request_line(line, record, more);
    const auto json = boost::json::parse(line);
    EXPECT_EQ(json.at("address"), "192.0.2.1");
    EXPECT_EQ(json.at("function_request_id"), "f");
    EXPECT_EQ(json.at("xray_trace_id"), "1-2");
}

}  // namespace
}  // namespace palabre::log
