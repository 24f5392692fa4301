// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/timestamp.hpp"
#include "store/dynamodb/table_access.hpp"
#include "store/dynamodb/transaction.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// The item of a section: how many comments it shows, whether it is closed, and what tells one state
// of its pages from the next.
namespace palabre::store::dynamodb {

struct section_state {
    std::uint64_t published = 0;
    bool closed = false;
    std::uint64_t changes = 0;  // raised by every change that a page may show
    std::int64_t changed_at_ms = 0;
};

// As it is now; all zero when there is no such item.
[[nodiscard]] section_state read_section(const table_access& access, std::string_view section);

// An index shows a write a moment after it is durable; DynamoDB names no bound, milliseconds are
// usual. A page that was read so long after a change is taken to show it.
inline constexpr std::int64_t index_settles_ms = 10'000;

// Two that are equal say that nothing readers see has changed in between. Empty when the last
// change is too recent for a page read now to be kept.
[[nodiscard]] std::optional<std::string> stamp_of(const section_state& state, timestamp now);

// What goes along with every change of a section that its readers may see, in one transaction with
// it: `published_by` comments more, or fewer.
[[nodiscard]] write_action section_update(
    std::string_view section, std::int64_t published_by, timestamp now, std::string condition = {}
);

}  // namespace palabre::store::dynamodb
