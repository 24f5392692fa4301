// SPDX-License-Identifier: Apache-2.0
#include "home/function/invocation_log.hpp"

#include "home/function/process.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <string>
#include <vector>

namespace palabre::function {
namespace {

// Keeps each write apart, as Lambda does with what comes through its pipe.
class writes {
public:
    writes() {
        if (::socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends_.data()) != 0) std::abort();
    }
    ~writes() {
        ::close(ends_[0]);
        ::close(ends_[1]);
    }
    writes(const writes&) = delete;
    writes& operator=(const writes&) = delete;

    int descriptor() const { return ends_[0]; }

    std::vector<std::string> seen() {
        std::vector<std::string> all;
        std::array<char, 65'536> bytes{};
        for (;;) {
            const auto count = ::recv(ends_[1], bytes.data(), bytes.size(), MSG_DONTWAIT);
            if (count <= 0) return all;
            all.emplace_back(bytes.data(), static_cast<std::size_t>(count));
        }
    }

private:
    std::array<int, 2> ends_{};
};

const request_record some_record{
    .request_id = "c6af9ac6",
    .method = "POST",
    .route = "POST /commentaires",
    .status = 201,
    .bytes_sent = 300,
    .microseconds = 2'500,
    .address = {},
};

const invocation_facts some_facts{
    "8476a536", "Root=1-2-3;Parent=4;Sampled=1", {1'795'369'500'000}, 900
};

TEST(invocation_log, writes_two_lines_each_at_once) {
    writes out;
    invocation_log log(out.descriptor(), "api", invocation_log::start::cold);
    log.answered(some_record, some_facts);
    const auto seen = out.seen();
    ASSERT_EQ(seen.size(), 2U);
    const auto line = boost::json::parse(seen[0]);
    EXPECT_EQ(line.at("request_id"), "c6af9ac6");
    EXPECT_EQ(line.at("route"), "POST /commentaires");
    EXPECT_EQ(line.at("duration_us"), 2'500);
    EXPECT_EQ(line.at("function_request_id"), "8476a536");
    EXPECT_EQ(line.at("xray_trace_id"), "1-2-3");
    const auto metrics = boost::json::parse(seen[1]);
    EXPECT_EQ(metrics.at("Service"), "api");
    EXPECT_EQ(metrics.at("RemainingTime"), 900);
    for (const auto& each : seen)
        EXPECT_EQ(each.find('\n'), each.size() - 1);
}

TEST(invocation_log, counts_one_cold_start_and_none_that_was_provisioned) {
    writes out;
    invocation_log cold(out.descriptor(), "api", invocation_log::start::cold);
    cold.answered(some_record, some_facts);
    cold.answered(some_record, some_facts);
    invocation_log warm(out.descriptor(), "api", invocation_log::start::provisioned);
    warm.answered(some_record, some_facts);
    const auto seen = out.seen();
    ASSERT_EQ(seen.size(), 6U);
    EXPECT_TRUE(seen[1].contains("ColdStart"));
    EXPECT_FALSE(seen[3].contains("ColdStart"));
    EXPECT_FALSE(seen[5].contains("ColdStart"));
}

TEST(invocation_log, finds_the_root_of_a_trace) {
    EXPECT_EQ(trace_root("Root=1-5759e988-bd86;Parent=53;Sampled=1"), "1-5759e988-bd86");
    EXPECT_EQ(trace_root("Lineage=a:1|b:0;Self=2;Root=1-a-b"), "1-a-b");
    EXPECT_EQ(trace_root("Parent=53;Sampled=1"), "");
    EXPECT_EQ(trace_root(""), "");
    EXPECT_EQ(trace_root(";;Root="), "");
}

}  // namespace
}  // namespace palabre::function
