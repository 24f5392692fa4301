// SPDX-License-Identifier: Apache-2.0
#include "store/memory/memory_store.hpp"

#include <algorithm>

namespace palabre::store {

memory_store::memory_store(const clock& wall, store_observer* observer)
    : wall_(wall), observer_(observer) {}

// The answer given to an earlier post with this key, if it must be remembered still.
std::optional<post_answer> memory_store::recall(const idempotency_record& once) const {
    const auto known = keys_.find(once.key);
    if (known == keys_.end() || known->second.expires_at <= wall_.now()) return std::nullopt;
    if (known->second.content_hash != once.content_hash) {
        return post_answer{post_status::conflict, std::nullopt};
    }
    // The comment may have been deleted since. Then its key means nothing any more.
    const auto then = comments_.find(known->second.answer);
    if (then == comments_.end() || then->second.state == comment_state::deleted) {
        return std::nullopt;
    }
    return post_answer{post_status::replayed, then->second};
}

bool memory_store::insert(const comment& added) {
    if (!comments_.emplace(added.id, added).second) return false;
    if (is_shown(added.state)) put_on_shelf(added);
    return true;
}

void memory_store::put_on_shelf(const comment& shown) {
    shelf& of = shelves_[shown.section];
    of.shown.emplace(position_of(shown), shown.id);
    if (shown.state == comment_state::published) ++of.published;
}

// Called without the lock, so that an observer may take its own time and its own locks.
void memory_store::tell(const std::vector<std::string>& changed) noexcept {
    if (observer_ == nullptr) return;
    for (const auto& section : changed)
        observer_->section_changed(section);
}

post_answer memory_store::post(
    const comment& draft, const std::optional<idempotency_record>& once
) {
    {
        const std::lock_guard lock(mutex_);
        if (once) {
            if (auto known = recall(*once)) return *std::move(known);
        }
        const auto section = shelves_.find(draft.section);
        if (section != shelves_.end() && section->second.closed) {
            return {post_status::closed, std::nullopt};
        }
        if (!insert(draft)) throw store_error("a comment with this id is stored already");
        if (once) keys_[once->key] = {once->content_hash, once->expires_at, draft.id};
    }
    if (is_shown(draft.state)) tell({draft.section});
    return {post_status::stored, draft};
}

std::size_t memory_store::add_missing(std::span<const comment> batch) {
    std::size_t added = 0;
    std::vector<std::string> changed;
    {
        const std::lock_guard lock(mutex_);
        for (const auto& each : batch) {
            if (!insert(each)) continue;
            ++added;
            if (is_shown(each.state)) changed.push_back(each.section);
        }
    }
    std::ranges::sort(changed);
    changed.erase(std::ranges::unique(changed).begin(), changed.end());
    tell(changed);
    return added;
}

std::optional<comment> memory_store::find(const comment_id& id) {
    auto found = find_any(id);
    if (found && found->state != comment_state::published) return std::nullopt;
    return found;
}

std::optional<comment> memory_store::find_any(const comment_id& id) {
    const std::lock_guard lock(mutex_);
    const auto found = comments_.find(id);
    if (found == comments_.end()) return std::nullopt;
    return found->second;
}

page memory_store::list(const page_query& query) {
    const std::lock_guard lock(mutex_);
    page answer;
    const auto found = shelves_.find(query.section);
    if (found == shelves_.end()) return answer;
    const auto& shown = found->second.shown;
    answer.total = found->second.published;
    answer.closed = found->second.closed;

    // [first, last) is the page; the shelf runs from newest to oldest.
    auto first = shown.begin();
    auto last = shown.begin();
    if (query.from && query.from->towards == direction::newer) {
        first = last = shown.lower_bound(query.from->from);
        for (std::size_t n = 0; n < query.limit && first != shown.begin(); ++n)
            --first;
    } else {
        if (query.from) first = last = shown.upper_bound(query.from->from);
        for (std::size_t n = 0; n < query.limit && last != shown.end(); ++n)
            ++last;
    }
    for (auto each = first; each != last; ++each) {
        answer.comments.push_back(comments_.at(each->second));
    }
    answer.has_newer = first != shown.begin();
    answer.has_older = last != shown.end();
    return answer;
}

std::vector<section_count> memory_store::counts(std::span<const std::string> sections) {
    const std::lock_guard lock(mutex_);
    std::vector<section_count> answer;
    answer.reserve(sections.size());
    for (const auto& section : sections) {
        const auto found = shelves_.find(section);
        answer.push_back({section, found == shelves_.end() ? 0 : found->second.published});
    }
    return answer;
}

std::vector<section_count> memory_store::largest_sections(std::size_t limit) {
    const std::lock_guard lock(mutex_);
    std::vector<section_count> answer;
    answer.reserve(shelves_.size());
    for (const auto& [section, of] : shelves_) {
        if (of.published > 0) answer.push_back({section, of.published});
    }
    std::ranges::sort(answer, [](const section_count& one, const section_count& other) {
        if (one.published != other.published) return one.published > other.published;
        return one.section < other.section;
    });
    if (answer.size() > limit) answer.resize(limit);
    return answer;
}

std::uint64_t memory_store::count_held() {
    const std::lock_guard lock(mutex_);
    const auto is_held = [](const auto& entry) {
        return entry.second.state == comment_state::held;
    };
    return static_cast<std::uint64_t>(std::ranges::count_if(comments_, is_held));
}

std::vector<comment> memory_store::list_rendered_by_others(
    std::uint32_t current, const std::optional<comment_id>& after, std::size_t limit
) {
    const std::lock_guard lock(mutex_);
    std::vector<comment> answer;
    auto each = after ? comments_.upper_bound(*after) : comments_.begin();
    for (; each != comments_.end() && answer.size() < limit; ++each) {
        if (each->second.renderer != current) answer.push_back(each->second);
    }
    return answer;
}

void memory_store::replace_html(std::span<const comment> rendered) {
    std::vector<std::string> changed;
    {
        const std::lock_guard lock(mutex_);
        for (const auto& each : rendered) {
            const auto found = comments_.find(each.id);
            if (found == comments_.end() || found->second.text != each.text) continue;
            found->second.html = each.html;
            found->second.renderer = each.renderer;
            if (is_shown(found->second.state)) changed.push_back(found->second.section);
        }
    }
    std::ranges::sort(changed);
    changed.erase(std::ranges::unique(changed).begin(), changed.end());
    tell(changed);
}

void memory_store::check() {}

void memory_store::check_writing() {}

}  // namespace palabre::store
