// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/comment.hpp"
#include "store/dynamodb/table_access.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

// New HTML for old texts.
namespace palabre::store::dynamodb {

[[nodiscard]] std::vector<comment> read_rendered_by_others(
    const table_access& access,
    std::uint32_t current,
    const std::optional<comment_id>& after,
    std::size_t limit
);

// The sections in which readers see a change, each once.
[[nodiscard]] std::vector<std::string> write_html(
    const table_access& access, std::span<const comment> rendered
);

}  // namespace palabre::store::dynamodb
