// SPDX-License-Identifier: Apache-2.0
#include "home/machine/api_options.hpp"

#include "contract/openapi_json.hpp"
#include "home/machine/options_of.hpp"
#include "system/random_bytes.hpp"
#include "util/version.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <utility>

namespace palabre::machine {

http::api_options api_options_of(
    const config::settings& chosen, guard::post_limits& post_limits, health_check disk
) {
    http::api_options made;
    made.allowed = limits_of(chosen);
    made.rules = rules_of(chosen);
    made.edit_secret = load_or_make_secret(edit_secret_file_of(chosen));
    made.post_limits = &post_limits;
    made.allowed_origins = chosen.comments.allowed_origins;
    made.version = version();
    made.contract_json = openapi_json();
    made.health_checks = {std::move(disk)};
    made.report_fault = [](std::string_view request_id, std::string_view reason) {
        fmt::print(stderr, "palabre: request {}: {}\n", request_id, reason);
    };
    return made;
}

}  // namespace palabre::machine
