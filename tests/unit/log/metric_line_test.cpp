// SPDX-License-Identifier: Apache-2.0
#include "log/metric_line.hpp"

#include "log/embedded_metrics.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace palabre::log {
namespace {

using boost::json::object;
using boost::json::value;

invocation_metrics usual() {
    invocation_metrics made;
    made.at = {1'795'369'500'000};
    made.service = "api";
    made.route = "GET /commentaires";
    made.request_id = "c6af9ac6";
    made.status = 200;
    made.microseconds = 12'034;
    return made;
}

std::string line_of(const invocation_metrics& of) {
    std::string line;
    append_metric_line(line, of);
    return line;
}

// The rules of the specification's JSON schema, as CloudWatch applies them; empty when all hold.
class schema {
public:
    explicit schema(const std::string& line) {
        if (line.size() > 256 * 1024 || line.find('\n') != line.size() - 1) say("no line");
        root_ = boost::json::parse(line).as_object();
        const object& meta = root_.at("_aws").as_object();
        if (!meta.at("Timestamp").is_number()) say("no timestamp");
        if (meta.at("Timestamp").to_number<std::int64_t>() < 1'000'000'000'000) say("no ms");
        for (const value& each : meta.at("CloudWatchMetrics").as_array())
            look_at_directive(each.as_object());
    }
    const std::string& wrong() const { return wrong_; }

private:
    void say(const std::string& what) { wrong_ += what + "; "; }

    void look_at_directive(const object& directive) {
        const auto& space = directive.at("Namespace").as_string();
        if (space.empty() || space.size() > 1024) say("namespace");
        for (const value& set : directive.at("Dimensions").as_array()) {
            if (set.as_array().size() > 30) say("too many dimensions");
            for (const value& name : set.as_array())
                look_at_dimension(std::string(name.as_string()));
        }
        const auto& metrics = directive.at("Metrics").as_array();
        if (metrics.empty() || metrics.size() > 100) say("number of metrics");
        std::set<std::string> seen;
        for (const value& metric : metrics) {
            look_at_metric(metric.as_object());
            if (!seen.emplace(metric.at("Name").as_string()).second) say("a metric twice");
        }
    }
    void look_at_dimension(const std::string& name) {
        const value* target = root_.if_contains(name);
        const bool fits = target != nullptr && target->is_string() &&
                          !target->as_string().empty() && target->as_string().size() <= 1024;
        if (!fits) say("dimension " + name);
    }
    void look_at_metric(const object& metric) {
        static const std::set<std::string> units{"Milliseconds", "Count", "Bytes", "None"};
        const std::string name(metric.at("Name").as_string());
        const value* target = root_.if_contains(name);
        if (name.empty() || name.size() > 1024) say("name of a metric");
        if (target == nullptr || !target->is_number()) say("target " + name);
        if (!units.contains(std::string(metric.at("Unit").as_string()))) say("unit of " + name);
        for (const auto& [member, unused] : metric) {
            if (member != "Name" && member != "Unit") say("member " + std::string(member));
        }
    }

    object root_;
    std::string wrong_;
};

std::vector<std::string> metrics_in(const std::string& line) {
    std::vector<std::string> names;
    const auto json = boost::json::parse(line);
    for (const value& each : json.at("_aws").at("CloudWatchMetrics").at(0).at("Metrics").as_array())
        names.emplace_back(each.at("Name").as_string());
    return names;
}

TEST(metric_line, keeps_the_rules_of_the_format) {
    EXPECT_EQ(schema(line_of(usual())).wrong(), "");
    auto all = usual();
    all.status = 503;
    all.cold_start = true;
    all.remaining_ms = -12;
    all.request_id = "a \"quoted\" é";
    EXPECT_EQ(schema(line_of(all)).wrong(), "");
}

TEST(metric_line, has_few_dimensions_and_the_request_beside_them) {
    const auto json = boost::json::parse(line_of(usual()));
    const auto& directive = json.at("_aws").at("CloudWatchMetrics").at(0);
    EXPECT_EQ(directive.at("Namespace").as_string(), metric_namespace);
    EXPECT_EQ(directive.at("Dimensions"), boost::json::parse(R"([["Service", "Route"]])"));
    EXPECT_EQ(json.at("Service"), "api");
    EXPECT_EQ(json.at("Route"), "GET /commentaires");
    EXPECT_EQ(json.at("requestId"), "c6af9ac6");
    EXPECT_EQ(json.at("_aws").at("Timestamp"), 1'795'369'500'000);
}

TEST(metric_line, counts_requests_their_time_and_their_failures) {
    const auto json = boost::json::parse(line_of(usual()));
    EXPECT_EQ(json.at("Requests"), 1);
    EXPECT_DOUBLE_EQ(json.at("Latency").as_double(), 12.034);
    EXPECT_EQ(json.at("ServerErrors"), 0);
    EXPECT_EQ(json.at("ClientErrors"), 0);
    for (const auto& [status, server, client] : {std::tuple(500, 1, 0), {499, 0, 1}, {400, 0, 1}}) {
        auto failed = usual();
        failed.status = static_cast<unsigned>(status);
        const auto told = boost::json::parse(line_of(failed));
        EXPECT_EQ(told.at("ServerErrors"), server) << status;
        EXPECT_EQ(told.at("ClientErrors"), client) << status;
    }
}

TEST(metric_line, leaves_out_what_would_say_nothing) {
    const std::vector<std::string> always{"Requests", "Latency", "ServerErrors", "ClientErrors"};
    EXPECT_EQ(metrics_in(line_of(usual())), always);
    auto first = usual();
    first.cold_start = true;
    first.remaining_ms = 2'971;
    auto more = always;
    more.insert(more.end(), {"ColdStart", "RemainingTime"});
    EXPECT_EQ(metrics_in(line_of(first)), more);
    EXPECT_EQ(boost::json::parse(line_of(first)).at("RemainingTime"), 2'971);
}

}  // namespace
}  // namespace palabre::log
