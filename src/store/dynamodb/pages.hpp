// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ports/comment_store.hpp"
#include "store/dynamodb/table_access.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

// What readers see: pages of a section, and how many comments there are.
namespace palabre::store::dynamodb {

// One request when the page holds the whole section; two for another first page, and at most three.
[[nodiscard]] page read_page(const table_access& access, const page_query& query);

[[nodiscard]] std::vector<section_count> read_counts(
    const table_access& access, std::span<const std::string> sections
);

[[nodiscard]] std::vector<section_count> read_largest_sections(
    const table_access& access, std::size_t limit
);

}  // namespace palabre::store::dynamodb
