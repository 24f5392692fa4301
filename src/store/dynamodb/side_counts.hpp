// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/comment.hpp"
#include "core/timestamp.hpp"
#include "store/dynamodb/transaction.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

namespace palabre::store::dynamodb {

// What comments change beside themselves: how many each section shows, and how many answer each
// comment.
class side_counts {
public:
    void add(const comment& each);

    // By the id of the item that counts, which says what it counts.
    [[nodiscard]] const std::map<std::string, std::int64_t>& by_item() const noexcept {
        return by_item_;
    }

    // Adds one update for each.
    void add_to(transaction& to, timestamp now) const;

private:
    std::map<std::string, std::int64_t> by_item_;
};

// The attribute that an item of that id counts with.
[[nodiscard]] std::string_view counting_attribute(std::string_view id);

}  // namespace palabre::store::dynamodb
