// SPDX-License-Identifier: Apache-2.0
#include "store/dynamodb/side_counts.hpp"

#include "store/dynamodb/items.hpp"
#include "store/dynamodb/section_item.hpp"
#include "store/dynamodb/table.hpp"

namespace palabre::store::dynamodb {

void side_counts::add(const comment& each) {
    // A tombstone is shown and not counted: the item learns that something has changed.
    if (is_shown(each.state)) {
        by_item_[section_item_id(each.section)] += each.state == comment_state::published ? 1 : 0;
    }
    if (each.parent) ++by_item_[replies_item_id(*each.parent)];
}

void side_counts::add_to(transaction& to, timestamp now) const {
    for (const auto& [id, count] : by_item_) {
        if (id.starts_with(prefix::section)) {
            to.add(section_update(id.substr(prefix::section.size()), count, now));
        } else {
            to.add(update_item(id, "ADD #replies :count", {}, {{":count", number_value(count)}}));
        }
    }
}

std::string_view counting_attribute(std::string_view id) {
    return id.starts_with(prefix::section) ? attribute::published : attribute::replies;
}

}  // namespace palabre::store::dynamodb
