// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "aws/variables.hpp"
#include "core/timestamp.hpp"
#include "ports/request_log.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace palabre::function {

// What Lambda calls an invocation, beside what the request says of itself.
struct invocation_facts {
    std::string_view request_id;  // of the invocation: stands in Lambda's own lines as well
    std::string_view trace_id;    // of X-Ray; may be empty
    timestamp at;
    std::optional<std::int64_t> remaining_ms;
};

// "Root=1-5759e988-bd862e3f;Parent=53995c3f;Sampled=1" → "1-5759e988-bd862e3f"; empty without one.
[[nodiscard]] std::string_view trace_root(std::string_view trace_id) noexcept;

// Two lines for each invocation, each in one write: what was asked, with the fields of the server's
// log (docs/runbook.md), and the metrics of it for CloudWatch. Nothing waits to be written: the
// process may be frozen or killed at any time. Used by one thread.
class invocation_log {
public:
    enum class start { cold, provisioned };  // provisioned: before anybody asked

    // `service` names the function, and lives as long as the log. The descriptor is lent.
    invocation_log(int descriptor, std::string_view service, start begun);

    void answered(const request_record& record, const invocation_facts& about) noexcept;

private:
    const int descriptor_;
    const std::string_view service_;
    bool is_cold_;
};

// As Lambda says it.
[[nodiscard]] invocation_log::start start_of(const aws::variables& environment);

}  // namespace palabre::function
