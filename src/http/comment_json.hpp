// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/comment.hpp"
#include "ports/comment_store.hpp"
#include "service/check_health.hpp"
#include "service/list_comments.hpp"
#include "util/json_text.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace palabre::http {

// What lets the poster's browser change a comment, told once.
struct edit_permit {
    std::string token;
    timestamp until;
};

// Values as the JSON of contract/openapi.yaml, members in the order written there.
[[nodiscard]] std::string to_json(
    const comment& one, const std::optional<edit_permit>& permit = std::nullopt
);
[[nodiscard]] std::string to_json(const list_comments::output& listed);
[[nodiscard]] std::string to_json(const std::vector<section_count>& counts);
[[nodiscard]] std::string to_json(const health_report& report, std::string_view version);
[[nodiscard]] std::string preview_json(std::string_view html);

// The members of a comment that everybody may see.
void add_members(util::json_object& object, const comment& one);

}  // namespace palabre::http
