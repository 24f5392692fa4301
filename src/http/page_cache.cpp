// SPDX-License-Identifier: Apache-2.0
#include "http/page_cache.hpp"

#include <algorithm>
#include <utility>

namespace palabre::http {
namespace {

// Somebody who walks a section of 100,000 comments must not push every other section out.
constexpr std::size_t pages_per_section_max = 32;

// What an entry costs beside its bytes, so that many tiny pages are counted too.
constexpr std::size_t entry_overhead_bytes = 256;

std::size_t cost_of(std::string_view page, const page_cache::page_ptr& content) {
    return content->bytes.size() + page.size() + entry_overhead_bytes;
}

std::size_t hash_of(std::string_view section) noexcept {
    return std::hash<std::string_view>{}(section);
}

}  // namespace

page_cache::page_cache(std::size_t bytes_max) : bytes_max_per_shard_(bytes_max / shard_count) {}

page_cache::shard& page_cache::shard_of(std::string_view section) noexcept {
    return shards_[hash_of(section) % shard_count];
}

page_cache::page_ptr page_cache::find(
    std::string_view section, std::string_view page, encoding coding
) {
    shard& in = shard_of(section);
    const std::lock_guard lock(in.mutex);
    const auto found = in.by_section.find(section);
    if (found == in.by_section.end()) return nullptr;
    in.by_use.splice(in.by_use.begin(), in.by_use, found->second);
    for (const entry& e : found->second->entries) {
        if (e.content->coding == coding && e.page == page) return e.content;
    }
    return nullptr;
}

page_cache::ticket page_cache::take_ticket(std::string_view section) const noexcept {
    const std::size_t slot = hash_of(section) / shard_count % generation_count;
    return {slot, generations_[slot].load(std::memory_order_acquire)};
}

void page_cache::keep(
    const ticket& taken, std::string_view section, std::string_view page, page_ptr made
) {
    const std::size_t cost = cost_of(page, made);
    if (cost > bytes_max_per_shard_) return;
    shard& in = shard_of(section);
    const std::lock_guard lock(in.mutex);
    // Under the lock: a drop that raises the generation after this waits for the lock, and then
    // removes what is added here.
    if (generations_[taken.slot].load(std::memory_order_acquire) != taken.generation) return;
    auto found = in.by_section.find(section);
    if (found == in.by_section.end()) {
        in.by_use.push_front({std::string(section), {}, 0});
        found = in.by_section.emplace(std::string(section), in.by_use.begin()).first;
    }
    add_entry(in, *found->second, {std::string(page), std::move(made)});
    while (in.bytes > bytes_max_per_shard_)
        drop(in, std::prev(in.by_use.end()));
}

void page_cache::add_entry(shard& in, section_pages& to, entry added) {
    const auto same = [&](const entry& e) {
        return e.page == added.page && e.content->coding == added.content->coding;
    };
    if (std::ranges::any_of(to.entries, same)) return;
    if (to.entries.size() == pages_per_section_max) {
        const std::size_t freed = cost_of(to.entries.front().page, to.entries.front().content);
        to.entries.erase(to.entries.begin());
        to.bytes -= freed;
        in.bytes -= freed;
    }
    const std::size_t cost = cost_of(added.page, added.content);
    to.entries.push_back(std::move(added));
    to.bytes += cost;
    in.bytes += cost;
}

void page_cache::drop(shard& in, std::list<section_pages>::iterator which) noexcept {
    in.bytes -= which->bytes;
    in.by_section.erase(in.by_section.find(which->section));
    in.by_use.erase(which);
}

void page_cache::section_changed(std::string_view section) noexcept {
    const std::size_t slot = hash_of(section) / shard_count % generation_count;
    generations_[slot].fetch_add(1, std::memory_order_acq_rel);
    shard& in = shard_of(section);
    const std::lock_guard lock(in.mutex);
    const auto found = in.by_section.find(section);
    if (found != in.by_section.end()) drop(in, found->second);
}

void page_cache::everything_changed() noexcept {
    for (auto& generation : generations_)
        generation.fetch_add(1, std::memory_order_acq_rel);
    for (shard& in : shards_) {
        const std::lock_guard lock(in.mutex);
        in.by_section.clear();
        in.by_use.clear();
        in.bytes = 0;
    }
}

std::size_t page_cache::bytes() const noexcept {
    std::size_t sum = 0;
    for (const shard& in : shards_) {
        const std::lock_guard lock(in.mutex);
        sum += in.bytes;
    }
    return sum;
}

}  // namespace palabre::http
