// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/dynamodb/attribute_value.hpp"
#include "store/dynamodb/expression.hpp"
#include "store/dynamodb/table_access.hpp"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace palabre::store::dynamodb {

// Whichever way items come by their time.
enum class walk_order { newest_first, oldest_first };

// What to ask of one index.
struct index_query {
    std::string_view index;
    std::string condition;  // on the keys: "#sectionId = :s"
    std::string filter;     // on what is read anyway; may be empty
    values with;
    walk_order order = walk_order::newest_first;
    // Items looked at in a request, before the filter; 0: as many as DynamoDB gives, which is up to
    // a megabyte.
    std::size_t at_once = 0;
};

// What to ask of all items.
struct scan_query {
    std::string_view index;       // empty: the table
    std::string_view projection;  // empty: whole items
    std::string filter;
    values with;
    std::string_view after;  // the id of an item; empty: from the beginning
};

// Takes an item; false: enough.
using item_taker = std::function<bool(const item& each)>;

// Gives items in the order of the index, request after request. Those of one time come in an order
// that means nothing.
void walk_index(const table_access& access, const index_query& query, const item_taker& take);

// Gives all items in an order that means nothing, and is the same each time. Those of the table are
// read as they are now.
void walk_all(const table_access& access, const scan_query& query, const item_taker& take);

// One request of such a walk, for those that take longer than one verb may. `last` is where the
// next has to begin after; empty at the end.
void scan_once(
    const table_access& access,
    const scan_query& query,
    const std::function<void(const item& each)>& take,
    std::string& last
);

// How many items of the index there are.
[[nodiscard]] std::uint64_t count_items(const table_access& access, const index_query& query);

// The first `limit` of things that come by their time, put in the order of time and id: it has
// enough once all of the time of the last one have come.
template <class thing>
class first_of {
public:
    first_of(std::size_t limit, walk_order order) : limit_(limit), order_(order) {}

    // False: enough.
    [[nodiscard]] bool take(thing each) {
        all_.push_back(std::move(each));
        return all_.size() <= limit_ || all_.back().at == all_[limit_ - 1].at;
    }

    // More than the limit have come.
    [[nodiscard]] bool has_more() const noexcept { return all_.size() > limit_; }

    // In the order of the walk. The object is empty afterwards.
    [[nodiscard]] std::vector<thing> give() {
        std::ranges::sort(all_, [this](const thing& one, const thing& other) {
            const auto& less = order_ == walk_order::oldest_first ? one : other;
            const auto& greater = order_ == walk_order::oldest_first ? other : one;
            return std::tie(less.at, less.id) < std::tie(greater.at, greater.id);
        });
        if (has_more()) all_.resize(limit_);
        return std::move(all_);
    }

private:
    const std::size_t limit_;
    const walk_order order_;
    std::vector<thing> all_;
};

}  // namespace palabre::store::dynamodb
