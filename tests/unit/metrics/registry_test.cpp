// SPDX-License-Identifier: Apache-2.0
#include "metrics/registry.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <stdexcept>

namespace palabre::metrics {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

request_record get(std::string_view route, unsigned status, std::uint64_t microseconds) {
    request_record made;
    made.method = "GET";
    made.route = route;
    made.status = status;
    made.bytes_sent = 1000;
    made.microseconds = microseconds;
    return made;
}

TEST(registry, writes_the_text_format) {
    request_metrics requests;
    requests.answered(get("GET /commentaires", 200, 80));
    requests.answered(get("GET /commentaires", 304, 3'000));
    registry shown(requests, "1.2.3");
    shown.add_gauge("palabre_connections_open", "Connections.", [] { return 7; });
    shown.add_counter("palabre_refused_total", "Refused.", [] { return 12345678; });
    const auto text = shown.text();
    for (const auto* line :
         {"palabre_build_info{version=\"1.2.3\"} 1\n",
          "# TYPE palabre_http_requests_total counter\n",
          "palabre_http_requests_total{method=\"GET\",route=\"GET /commentaires\",status=\"200\"} "
          "1\n",
          "palabre_http_requests_total{method=\"GET\",route=\"GET /commentaires\",status=\"304\"} "
          "1\n",
          "# TYPE palabre_http_request_duration_seconds histogram\n",
          "palabre_http_request_duration_seconds_count{method=\"GET\",route=\"GET /commentaires\"} "
          "2\n",
          "palabre_http_request_duration_seconds_bucket{method=\"GET\",route=\"GET "
          "/commentaires\",le="
          "\"5e-05\"} 0\n",
          "palabre_http_request_duration_seconds_bucket{method=\"GET\",route=\"GET "
          "/commentaires\",le="
          "\"0.0001\"} 1\n",
          "palabre_http_request_duration_seconds_bucket{method=\"GET\",route=\"GET "
          "/commentaires\",le="
          "\"0.005\"} 2\n",
          "palabre_http_request_duration_seconds_bucket{method=\"GET\",route=\"GET "
          "/commentaires\",le="
          "\"+Inf\"} 2\n",
          "palabre_http_response_bytes_total{method=\"GET\",route=\"GET /commentaires\"} 2000\n",
          "# HELP palabre_connections_open Connections.\n",
          "# TYPE palabre_connections_open gauge\n",
          "palabre_connections_open 7\n",
          "palabre_refused_total 12345678\n",
          "process_resident_memory_bytes "}) {
        EXPECT_THAT(text, HasSubstr(line));
    }
}

TEST(registry, writes_counters_of_one_name_as_one_family) {
    const request_metrics requests;
    registry shown(requests, "1");
    for (const auto& [label, count] : {std::pair{"client", 3}, std::pair{"unserved", 4}}) {
        shown.add_counter("palabre_limited_total", {"by", label}, "Limited.", [n = count] {
            return n;
        });
    }
    const auto text = shown.text();
    const std::string family =
        "# HELP palabre_limited_total Limited.\n"
        "# TYPE palabre_limited_total counter\n"
        "palabre_limited_total{by=\"client\"} 3\n"
        "palabre_limited_total{by=\"unserved\"} 4\n";
    EXPECT_NE(text.find(family), std::string::npos) << text;
}

TEST(registry, leaves_out_what_cannot_be_read) {
    const request_metrics requests;
    registry shown(requests, "1");
    shown.add_gauge("palabre_held", "Held.", []() -> double {
        throw std::runtime_error("locked");
    });
    shown.add_gauge("palabre_after", "After.", [] { return 1; });
    EXPECT_THAT(shown.text(), Not(HasSubstr("palabre_held")));
    EXPECT_THAT(shown.text(), HasSubstr("palabre_after 1\n"));
}

TEST(registry, reads_numbers_anew) {
    const request_metrics requests;
    registry shown(requests, "1");
    double value = 1;
    shown.add_gauge("palabre_value", "Value.", [&value] { return value; });
    EXPECT_THAT(shown.text(), HasSubstr("palabre_value 1\n"));
    value = 2;
    EXPECT_THAT(shown.text(), HasSubstr("palabre_value 2\n"));
}

// Every line is a comment or "name{labels} number", as parsers of Prometheus want it.
TEST(registry, writes_no_odd_line) {
    request_metrics requests;
    requests.answered(get("a \"quoted\"\\ route", 200, 1));
    std::istringstream lines(registry(requests, "1").text());
    for (std::string line; std::getline(lines, line);) {
        EXPECT_THAT(
            line,
            ::testing::MatchesRegex(
                "# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\\{([a-z]+=\"([^\"\\\\]|\\\\.)*\",?)*\\})? "
                "[-+.0-9a-zA-Z]+"
            )
        );
    }
}

}  // namespace
}  // namespace palabre::metrics
