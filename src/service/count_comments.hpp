// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.hpp"
#include "ports/comment_store.hpp"

#include <string>
#include <vector>

namespace palabre {

// The counts of several sections, in the order asked. Refuses with missing_section,
// too_many_sections or invalid_section; throws store_error.
[[nodiscard]] result<std::vector<section_count>> count_comments(
    comment_store& store, const std::vector<std::string>& sections
);

}  // namespace palabre
