// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/comment.hpp"
#include "ports/comment_store.hpp"
#include "service/check_health.hpp"
#include "service/list_comments.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace palabre::http {

// Values as the JSON of contract/openapi.yaml, members in the order written there.
[[nodiscard]] std::string to_json(const comment& one);
[[nodiscard]] std::string to_json(const list_comments::output& listed);
[[nodiscard]] std::string to_json(const std::vector<section_count>& counts);
[[nodiscard]] std::string to_json(const health_report& report, std::string_view version);
[[nodiscard]] std::string preview_json(std::string_view html);

}  // namespace palabre::http
