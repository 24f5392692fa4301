// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.hpp"
#include "http/request.hpp"
#include "service/moderate_comments.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace palabre::http {

// The bodies of the moderation routes, as contract/openapi.yaml has them. Who asks is not in the
// body: the reader leaves `by` empty. They refuse with not_json, malformed_json or
// invalid_decision.
[[nodiscard]] result<moderate_comments::decision_input> read_decision(const request& asked);
[[nodiscard]] result<moderate_comments::section_input> read_section_change(const request& asked);

[[nodiscard]] std::string to_json(const moderate_comments::queue_output& found);
[[nodiscard]] std::string to_json(const moderate_comments::history& found);
[[nodiscard]] std::string to_json(const std::vector<moderate_comments::decision_output>& done);
[[nodiscard]] std::string to_json(const moderate_comments::audit_output& found);
[[nodiscard]] std::string section_json(std::string_view section, bool closed);

}  // namespace palabre::http
