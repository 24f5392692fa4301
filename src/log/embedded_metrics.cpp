// SPDX-License-Identifier: Apache-2.0
#include "log/embedded_metrics.hpp"

#include "util/json_text.hpp"

namespace palabre::log {
namespace {

void add_directive(std::string& to, const metric_event& event) {
    util::json_object directive(to);
    directive.add("Namespace", metric_namespace);
    {
        util::json_array sets(directive.add_raw("Dimensions"));
        util::json_array names(sets.next());
        for (const auto& [name, value] : event.dimensions)
            util::append_json_string(names.next(), name);
    }
    util::json_array list(directive.add_raw("Metrics"));
    for (const auto& each : event.metrics) {
        util::json_object one(list.next());
        one.add("Name", each.name);
        one.add("Unit", each.unit);
    }
}

}  // namespace

void append_embedded_metrics(std::string& out, const metric_event& event) {
    {
        util::json_object line(out);
        {
            util::json_object meta(line.add_raw("_aws"));
            meta.add("Timestamp", static_cast<std::uint64_t>(event.at.ms));
            util::json_array directives(meta.add_raw("CloudWatchMetrics"));
            add_directive(directives.next(), event);
        }
        for (const auto& [name, value] : event.dimensions)
            line.add(name, value);
        for (const auto& each : event.metrics)
            line.add_raw(each.name).append(each.value);
        line.add("requestId", event.request_id);
    }
    out.push_back('\n');
}

}  // namespace palabre::log
