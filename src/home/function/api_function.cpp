// SPDX-License-Identifier: Apache-2.0
#include "home/function/api_function.hpp"

#include "contract/openapi_json.hpp"
#include "home/function/too_late.hpp"
#include "home/rules/rules_of.hpp"
#include "util/version.hpp"

#include <fmt/format.h>

#include <utility>

namespace palabre::function {
namespace {

http::api_options api_options_of(
    const function_settings& chosen,
    guard::post_limits& post_limits,
    const api_function::parts& with
) {
    http::api_options made;
    made.stamps = &with.stamps;
    made.behind_gateway = true;
    made.allowed = home::limits_of(chosen.common);
    made.rules = home::rules_of(chosen.common);
    made.edit_secret = chosen.edit_secret;
    made.post_limits = &post_limits;
    made.allowed_origins = chosen.common.comments.allowed_origins;
    made.version = version();
    made.contract_json = openapi_json();
    made.report_fault = [tell = with.tell](std::string_view request_id, std::string_view reason) {
        tell(fmt::format("request {}: {}", request_id, reason));
    };
    return made;
}

lambda::gateway_options gateway_options_of(
    const function_settings& chosen, lambda::escaped_bodies& bodies
) {
    lambda::gateway_options made;
    made.events.client_header = chosen.client_header;
    made.bodies = &bodies;
    made.body_bytes_max = static_cast<std::size_t>(chosen.common.server.max_body_kb) * 1024;
    return made;
}

}  // namespace

// What settings make, and other settings make anew.
struct api_function::application {
    application(const parts& with, const function_settings& chosen, lambda::escaped_bodies& bodies)
        : post_limits(home::post_quotas_of(chosen.common), buckets_per_scope),
          api(api_options_of(chosen, post_limits, with), with.over, with.cache),
          late(chosen.common.comments.allowed_origins),
          how(gateway_options_of(chosen, bodies)),
          log_addresses(chosen.common.server.log_addresses) {}

    guard::post_limits post_limits;
    http::api api;
    too_late late;
    lambda::gateway_options how;
    bool log_addresses;
};

api_function::api_function(const parts& with, const function_settings& chosen)
    : parts_(with), application_(std::make_unique<application>(parts_, chosen, bodies_)) {}

api_function::~api_function() = default;

void api_function::use(const function_settings& chosen) {
    application_ = std::make_unique<application>(parts_, chosen, bodies_);
}

void api_function::look_for_new_settings(settings_source& in) {
    const auto fresh = in.again(parts_.now(), parts_.time.deadline(), parts_.tell);
    if (!fresh) return;
    use(*fresh);
    parts_.tell("the settings have changed; these are used from now on");
}

std::string api_function::answer(const lambda::invocation& asked) {
    const auto begun = parts_.now();
    parts_.time.begin(asked, parts_.over.time.now(), begun);
    try {
        auto reply = reply_to(asked);
        write_down(asked, reply, begun);
        return std::move(reply.json);
    } catch (...) {
        lambda::gateway_reply failed;
        failed.method = "-";
        failed.route = "failed";
        failed.status = 500;
        write_down(asked, failed, begun);
        throw;
    }
}

lambda::gateway_reply api_function::reply_to(const lambda::invocation& asked) {
    auto& with = *application_;
    const bool late = parts_.time.is_too_short(parts_.now());
    http::handler& asked_of = late ? static_cast<http::handler&>(with.late) : with.api;
    return lambda::answer_event(asked_of, asked.event, with.how);
}

void api_function::write_down(
    const lambda::invocation& asked, const lambda::gateway_reply& reply, clock::time_point begun
) {
    using std::chrono::microseconds;
    const auto now = parts_.now();
    const auto took = std::chrono::duration_cast<microseconds>(now - begun).count();
    request_record record;
    record.request_id = reply.request_id;
    record.method = reply.method;
    record.route = reply.route;
    record.status = reply.status;
    record.bytes_sent = reply.body_bytes;
    record.microseconds = static_cast<std::uint64_t>(took);
    if (application_->log_addresses) record.address = reply.client;
    parts_.log.answered(
        record,
        {asked.request_id, asked.trace_id, parts_.over.time.now(), parts_.time.remaining_ms(now)}
    );
}

}  // namespace palabre::function
