// SPDX-License-Identifier: Apache-2.0
#include "home/function/invocation_log.hpp"

#include "home/function/names.hpp"
#include "home/function/process.hpp"
#include "log/metric_line.hpp"
#include "log/request_line.hpp"

#include <exception>
#include <vector>

namespace palabre::function {

std::string_view trace_root(std::string_view trace_id) noexcept {
    constexpr std::string_view key = "Root=";
    while (!trace_id.empty()) {
        const auto part = trace_id.substr(0, trace_id.find(';'));
        if (part.starts_with(key)) return part.substr(key.size());
        trace_id.remove_prefix(part.size() < trace_id.size() ? part.size() + 1 : part.size());
    }
    return {};
}

invocation_log::invocation_log(int descriptor, std::string_view service, start begun)
    : descriptor_(descriptor), service_(service), is_cold_(begun == start::cold) {}

invocation_log::start start_of(const aws::variables& environment) {
    const auto type = environment(start_variable);
    return type == "provisioned-concurrency" ? invocation_log::start::provisioned
                                             : invocation_log::start::cold;
}

void invocation_log::answered(const request_record& record, const invocation_facts& about) noexcept
    try {
    std::vector<log::extra_member> more{{"function_request_id", about.request_id}};
    if (const auto root = trace_root(about.trace_id); !root.empty()) {
        more.push_back({"xray_trace_id", root});
    }
    std::string line;
    log::append_request_line(line, record, more);
    write_whole(descriptor_, line);
    log::invocation_metrics shown;
    shown.at = about.at;
    shown.service = service_;
    shown.route = record.route;
    shown.request_id = record.request_id;
    shown.status = record.status;
    shown.microseconds = record.microseconds;
    shown.cold_start = is_cold_;
    shown.remaining_ms = about.remaining_ms;
    is_cold_ = false;
    line.clear();
    log::append_metric_line(line, shown);
    write_whole(descriptor_, line);
} catch (const std::exception&) {
    return;  // out of memory: the answer matters more
}

}  // namespace palabre::function
