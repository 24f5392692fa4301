// SPDX-License-Identifier: Apache-2.0
#include "store/dynamodb/side_counts.hpp"

#include "store/dynamodb/items.hpp"
#include "store/dynamodb/table.hpp"

namespace palabre::store::dynamodb {

void side_counts::add(const comment& each) {
    if (each.state == comment_state::published) ++by_item_[section_item_id(each.section)];
    if (each.parent) ++by_item_[replies_item_id(*each.parent)];
}

void side_counts::add_to(transaction& to) const {
    for (const auto& [id, count] : by_item_) {
        to.add(update_item(
            id,
            "ADD #" + std::string(counting_attribute(id)) + " :count",
            {},
            {{":count", number_value(count)}}
        ));
    }
}

std::string_view counting_attribute(std::string_view id) {
    return id.starts_with(prefix::section) ? attribute::published : attribute::replies;
}

}  // namespace palabre::store::dynamodb
