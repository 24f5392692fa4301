// SPDX-License-Identifier: Apache-2.0
// What memory_store gives to backups and takes from them.
#include "store/memory/memory_store.hpp"

#include <algorithm>
#include <ranges>
#include <string_view>
#include <utility>

namespace palabre::store {

void memory_store::read_all(record_sink& to) {
    std::vector<std::string> closed;
    std::vector<comment> comments;
    std::vector<audit_entry> audit;
    std::vector<api_key> keys;
    {
        // Copied, so that the sink may take its time.
        const std::lock_guard lock(mutex_);
        for (const auto& [section, of] : shelves_) {
            if (of.closed) closed.push_back(section);
        }
        for (const auto& [id, each] : comments_)
            comments.push_back(each);
        for (const auto& [where, each] : audit_ | std::views::reverse)
            audit.push_back(each);
        for (const auto& [id, each] : api_keys_)
            keys.push_back(each);
    }
    std::ranges::sort(keys, {}, [](const api_key& key) {
        return std::pair(key.made_at, std::string_view(key.id));
    });
    for (const auto& section : closed)
        to.put_closed_section(section);
    to.expect_comments(comments.size());
    for (const auto& each : comments)
        to.put_comment(each);
    for (const auto& each : audit)
        to.put_audit_entry(each);
    for (const auto& each : keys)
        to.put_key(each);
}

void memory_store::put_closed_section(std::string_view section) {
    const std::lock_guard lock(mutex_);
    shelves_[std::string(section)].closed = true;
}

void memory_store::put_comment(const comment& each) {
    const std::lock_guard lock(mutex_);
    if (!insert(each)) throw store_error("a comment with this id is stored already");
}

void memory_store::put_audit_entry(const audit_entry& each) {
    const std::lock_guard lock(mutex_);
    if (!audit_.emplace(position{each.at, each.id}, each).second) {
        throw store_error("an audit entry with this id is stored already");
    }
}

void memory_store::put_key(const api_key& each) {
    add_key(each);
}

void memory_store::finish() {}

}  // namespace palabre::store
