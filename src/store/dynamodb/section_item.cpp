// SPDX-License-Identifier: Apache-2.0
#include "store/dynamodb/section_item.hpp"

#include "store/dynamodb/items.hpp"
#include "store/dynamodb/lookup.hpp"
#include "store/dynamodb/table.hpp"

#include <utility>

namespace palabre::store::dynamodb {

section_state read_section(const table_access& access, std::string_view section) {
    section_state state;
    look_up(access, section_item_id(section), [&](const item& each) {
        state.published = static_cast<std::uint64_t>(number_of(each, attribute::published));
        state.closed = flag_of(each, attribute::closed);
        state.changes = static_cast<std::uint64_t>(number_of(each, attribute::changes));
        state.changed_at_ms = number_of(each, attribute::changed_at);
    });
    return state;
}

std::optional<std::string> stamp_of(const section_state& state, timestamp now) {
    if (now.ms - state.changed_at_ms < index_settles_ms) return std::nullopt;
    // The count too: other writers may know nothing of the rest.
    return std::to_string(state.published) + "." + std::to_string(state.changes) + "." +
           std::to_string(state.changed_at_ms);
}

write_action section_update(
    std::string_view section, std::int64_t published_by, timestamp now, std::string condition
) {
    std::string change = "SET #changedAt = :now ADD #changes :one";
    values with{{":now", number_value(now.ms)}, {":one", number_value(1)}};
    if (published_by != 0) {
        change += ", #published :by";
        with.emplace_back(":by", number_value(published_by));
    }
    return update_item(
        section_item_id(section), std::move(change), std::move(condition), std::move(with)
    );
}

}  // namespace palabre::store::dynamodb
