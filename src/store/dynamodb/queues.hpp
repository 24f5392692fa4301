// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ports/moderation_store.hpp"
#include "store/dynamodb/table_access.hpp"

#include <cstdint>
#include <vector>

// What moderators read.
namespace palabre::store::dynamodb {

[[nodiscard]] queue_page read_queue(const table_access& access, const queue_query& query);

[[nodiscard]] std::uint64_t read_count_held(const table_access& access);

[[nodiscard]] std::vector<audit_entry> read_audit(
    const table_access& access, const audit_query& query
);

}  // namespace palabre::store::dynamodb
