// SPDX-License-Identifier: Apache-2.0
#include "metrics/registry.hpp"

#include "metrics/process.hpp"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <exception>
#include <map>
#include <tuple>

namespace palabre::metrics {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

constexpr double microseconds_per_second = 1e6;

MetricFamily family(std::string name, std::string help, MetricType type) {
    MetricFamily made;
    made.name = std::move(name);
    made.help = std::move(help);
    made.type = type;
    return made;
}

ClientMetric labelled(std::vector<ClientMetric::Label> labels) {
    ClientMetric made;
    made.label = std::move(labels);
    return made;
}

MetricFamily count_requests(const std::vector<request_sums>& sums) {
    auto made = family(
        "palabre_http_requests_total",
        "Requests answered, by method, route and status.",
        MetricType::Counter
    );
    for (const auto& sum : sums) {
        auto metric = labelled(
            {{"method", sum.method}, {"route", sum.route}, {"status", std::to_string(sum.status)}}
        );
        metric.counter.value = static_cast<double>(sum.count);
        made.metric.push_back(std::move(metric));
    }
    return made;
}

// Statuses are not told apart here: sixteen numbers for each would be many.
std::vector<request_sums> merge_statuses(const std::vector<request_sums>& sums) {
    std::map<std::pair<std::string, std::string>, request_sums> merged;
    for (const auto& sum : sums) {
        auto& into = merged[{sum.method, sum.route}];
        into.method = sum.method;
        into.route = sum.route;
        into.count += sum.count;
        into.bytes_sent += sum.bytes_sent;
        into.microseconds += sum.microseconds;
        for (std::size_t i = 0; i < sum.by_duration.size(); ++i) {
            into.by_duration[i] += sum.by_duration[i];
        }
    }
    std::vector<request_sums> all;
    all.reserve(merged.size());
    for (auto& [name, sum] : merged)
        all.push_back(std::move(sum));
    return all;
}

MetricFamily measure_durations(const std::vector<request_sums>& routes) {
    auto made = family(
        "palabre_http_request_duration_seconds",
        "From the last byte of a request to the last of its answer.",
        MetricType::Histogram
    );
    for (const auto& sum : routes) {
        auto metric = labelled({{"method", sum.method}, {"route", sum.route}});
        std::uint64_t up_to_here = 0;
        for (std::size_t i = 0; i < duration_bounds_us.size(); ++i) {
            up_to_here += sum.by_duration[i];
            const auto bound_us = static_cast<double>(duration_bounds_us[i]);
            metric.histogram.bucket.push_back({up_to_here, bound_us / microseconds_per_second});
        }
        // Of the buckets and not of `count`: a request counted in between must not make the last
        // bucket smaller than the one before.
        metric.histogram.sample_count = up_to_here + sum.by_duration.back();
        metric.histogram.sample_sum =
            static_cast<double>(sum.microseconds) / microseconds_per_second;
        made.metric.push_back(std::move(metric));
    }
    return made;
}

MetricFamily count_bytes(const std::vector<request_sums>& routes) {
    auto made = family(
        "palabre_http_response_bytes_total",
        "Bytes of bodies sent, after compression.",
        MetricType::Counter
    );
    for (const auto& sum : routes) {
        auto metric = labelled({{"method", sum.method}, {"route", sum.route}});
        metric.counter.value = static_cast<double>(sum.bytes_sent);
        made.metric.push_back(std::move(metric));
    }
    return made;
}

MetricFamily name_build(const std::string& version) {
    auto made =
        family("palabre_build_info", "Always 1; the version is a label.", MetricType::Gauge);
    auto metric = labelled({{"version", version}});
    metric.gauge.value = 1;
    made.metric.push_back(std::move(metric));
    return made;
}

MetricFamily single(std::string name, std::string help, MetricType type, double value) {
    auto made = family(std::move(name), std::move(help), type);
    ClientMetric metric;
    (type == MetricType::Counter ? metric.counter.value : metric.gauge.value) = value;
    made.metric.push_back(metric);
    return made;
}

void add_process(std::vector<MetricFamily>& families) {
    const auto usage = read_process_usage();
    if (!usage) return;
    using enum MetricType;
    families.push_back(
        single("process_cpu_seconds_total", "Processor time used.", Counter, usage->cpu_seconds)
    );
    families.push_back(
        single("process_resident_memory_bytes", "Memory in use.", Gauge, usage->resident_bytes)
    );
    families.push_back(
        single("process_open_fds", "Open files and sockets.", Gauge, usage->open_files)
    );
    families.push_back(single(
        "process_start_time_seconds", "When the program was started.", Gauge, usage->started_at
    ));
}

}  // namespace

registry::registry(const request_metrics& requests, std::string version)
    : requests_(requests), version_(std::move(version)) {}

void registry::add_gauge(std::string name, std::string help, std::function<double()> read) {
    numbers_.push_back({std::move(name), std::move(help), {}, kind::gauge, std::move(read)});
}

void registry::add_counter(std::string name, std::string help, std::function<double()> read) {
    numbers_.push_back({std::move(name), std::move(help), {}, kind::counter, std::move(read)});
}

void registry::add_counter(
    std::string name,
    std::pair<std::string, std::string> label,
    std::string help,
    std::function<double()> read
) {
    numbers_.push_back(
        {std::move(name), std::move(help), std::move(label), kind::counter, std::move(read)}
    );
}

std::string registry::text() const {
    const auto sums = requests_.sums();
    const auto routes = merge_statuses(sums);
    std::vector<MetricFamily> families{
        name_build(version_), count_requests(sums), measure_durations(routes), count_bytes(routes)
    };
    for (const auto& [name, help, label, what, read] : numbers_) {
        const auto type = what == kind::counter ? MetricType::Counter : MetricType::Gauge;
        try {
            auto one = single(name, help, type, read());
            if (!label.first.empty()) one.metric.front().label = {{label.first, label.second}};
            if (families.back().name == name) {
                families.back().metric.push_back(std::move(one.metric.front()));
            } else {
                families.push_back(std::move(one));
            }
        } catch (const std::exception&) {
            // A number that cannot be had now (a locked database) is missing, as alerts expect.
        }
    }
    add_process(families);
    return prometheus::TextSerializer().Serialize(families);
}

}  // namespace palabre::metrics
