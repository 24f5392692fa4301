// SPDX-License-Identifier: Apache-2.0
#include "http/kept_pages.hpp"

#include <functional>
#include <utility>

namespace palabre::http {

encoding kept_pages::coding_of(const page_request& asked) const noexcept {
    // Without a cache every answer would be compressed anew, which costs more than it saves.
    return with_.cache.keeps_nothing() ? encoding::identity : asked.coding;
}

page_cache::page_ptr kept_pages::find_at_once(const page_request& asked) const {
    if (with_.stamps != nullptr) return nullptr;
    return with_.cache.find(asked.wanted.section, asked.cache_key(), coding_of(asked));
}

kept_pages::place kept_pages::look(const page_request& asked) {
    const auto& section = asked.wanted.section;
    place where{nullptr, with_.cache.take_ticket(section), name_of(asked)};
    if (where.name) where.found = with_.cache.find(section, *where.name, coding_of(asked));
    return where;
}

page_cache::page_ptr kept_pages::keep(
    const place& where, const page_request& asked, std::string json
) {
    auto made = make_page(std::move(json), coding_of(asked));
    if (where.name) with_.cache.keep(where.ticket, asked.wanted.section, *where.name, made);
    return made;
}

std::optional<std::string> kept_pages::name_of(const page_request& asked) {
    if (with_.cache.keeps_nothing()) return std::nullopt;
    if (with_.stamps == nullptr) return asked.cache_key();
    const auto stamp = stamp_of(asked.wanted.section);
    if (!stamp) return std::nullopt;
    const auto period = time_.now().ms / kept_with_stamp_ms;
    return asked.cache_key() + "|" + *stamp + "|" + std::to_string(period);
}

std::optional<std::string> kept_pages::stamp_of(std::string_view section) {
    const auto now_ms = time_.now().ms;
    heard& slot = heard_[std::hash<std::string_view>{}(section) % heard_slots];
    {
        const std::scoped_lock lock(mutex_);
        if (slot.section != section) {
            slot = {std::string(section), std::nullopt, 0};
            return std::nullopt;
        }
        if (slot.stamp && now_ms - slot.at_ms < stamp_believed_ms) return slot.stamp;
    }
    auto stamp = with_.stamps->stamp(section);
    const std::scoped_lock lock(mutex_);
    slot = {std::string(section), stamp, now_ms};
    return stamp;
}

}  // namespace palabre::http
