// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ports/comment_store.hpp"
#include "store/dynamodb/table_access.hpp"
#include "store/dynamodb/transaction.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

// How comments come into the table.
namespace palabre::store::dynamodb {

// comment_store::post.
[[nodiscard]] post_answer post_comment(
    const table_access& access,
    token_source& tokens,
    timestamp now,
    const comment& draft,
    const std::optional<idempotency_record>& once
);

// comment_store::add_missing. `changed` are the sections in which readers see something new.
struct additions {
    std::size_t added = 0;
    std::vector<std::string> changed;  // by name, each once
};
[[nodiscard]] additions add_missing_comments(
    const table_access& access, token_source& tokens, timestamp now, std::span<const comment> batch
);

}  // namespace palabre::store::dynamodb
