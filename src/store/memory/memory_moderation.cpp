// SPDX-License-Identifier: Apache-2.0
// What memory_store does for moderators and for keys.
#include "store/memory/memory_store.hpp"

#include <algorithm>
#include <tuple>

namespace palabre::store {
namespace {

// All that was somebody's own. Place, time and thread remain.
void make_tombstone(comment& of) {
    comment left;
    left.id = of.id;
    left.section = of.section;
    left.at = of.at;
    left.renderer = of.renderer;
    left.parent = of.parent;
    left.depth = of.depth;
    left.state = comment_state::deleted;
    of = left;
}

}  // namespace

void memory_store::take_from_shelf(const comment& shown) {
    shelf& of = shelves_[shown.section];
    of.shown.erase(position_of(shown));
    if (shown.state == comment_state::published) --of.published;
}

bool memory_store::has_replies(const comment_id& id) const {
    return std::ranges::any_of(comments_, [&](const auto& entry) {
        return entry.second.parent == id;
    });
}

void memory_store::note(audit_entry entry, const std::string& section) {
    entry.section = section;
    audit_.emplace(position{entry.at, entry.id}, entry);
}

queue_page memory_store::list_queue(const queue_query& query) {
    const std::lock_guard lock(mutex_);
    std::map<position, const comment*, std::greater<>> found;
    for (const auto& [id, each] : comments_) {
        if (each.state != query.state) continue;
        if (!query.section.empty() && each.section != query.section) continue;
        if (query.older_than && position_of(each) >= *query.older_than) continue;
        found.emplace(position_of(each), &each);
    }
    queue_page answer;
    answer.has_older = found.size() > query.limit;
    for (const auto& [where, each] : found) {
        if (answer.comments.size() == query.limit) break;
        answer.comments.push_back(*each);
    }
    return answer;
}

std::optional<decided> memory_store::decide(const audit_entry& entry) {
    decided made{};
    std::string section;
    {
        const std::lock_guard lock(mutex_);
        const auto found = entry.about ? comments_.find(*entry.about) : comments_.end();
        if (found == comments_.end()) return std::nullopt;
        comment& about = found->second;
        if (about.state == comment_state::deleted) return std::nullopt;
        section = about.section;
        made.before = about.state;
        if (is_shown(about.state)) take_from_shelf(about);
        if (entry.what == action::remove) {
            made.after = remove(about);
        } else {
            made.after = state_after(entry.what);
            about.state = *made.after;
            if (is_shown(about.state)) put_on_shelf(about);
        }
        note(entry, section);
    }
    if (is_shown(made.before) || (made.after && is_shown(*made.after))) tell({section});
    return made;
}

std::optional<comment_state> memory_store::remove(comment& going) {
    if (has_replies(going.id)) {
        make_tombstone(going);
        put_on_shelf(going);
        return comment_state::deleted;
    }
    const auto parent = going.parent;
    comments_.erase(going.id);
    remove_empty_tombstones(parent);
    return std::nullopt;
}

// A tombstone keeps a place for replies; the last of them takes it along.
void memory_store::remove_empty_tombstones(std::optional<comment_id> from) {
    while (from) {
        const auto above = comments_.find(*from);
        if (above == comments_.end() || above->second.state != comment_state::deleted) return;
        if (has_replies(*from)) return;
        take_from_shelf(above->second);
        from = above->second.parent;
        comments_.erase(above);
    }
}

bool memory_store::edit(
    const comment& edited, std::string_view text_before, const audit_entry& entry
) {
    bool seen = false;
    {
        const std::lock_guard lock(mutex_);
        const auto found = comments_.find(edited.id);
        if (found == comments_.end()) return false;
        comment& stored = found->second;
        if (stored.state == comment_state::deleted || stored.text != text_before) return false;
        seen = is_shown(stored.state) || is_shown(edited.state);
        if (is_shown(stored.state)) take_from_shelf(stored);
        stored.text = edited.text;
        stored.html = edited.html;
        stored.renderer = edited.renderer;
        stored.edited_at = edited.edited_at;
        stored.state = edited.state;
        stored.held_because = edited.held_because;
        if (is_shown(stored.state)) put_on_shelf(stored);
        note(entry, stored.section);
    }
    if (seen) tell({edited.section});
    return true;
}

void memory_store::set_closed(const audit_entry& entry) {
    {
        const std::lock_guard lock(mutex_);
        shelves_[entry.section].closed = entry.what == action::close;
        note(entry, entry.section);
    }
    tell({entry.section});
}

std::vector<audit_entry> memory_store::list_audit(const audit_query& query) {
    const std::lock_guard lock(mutex_);
    std::vector<audit_entry> answer;
    for (const auto& [where, entry] : audit_) {
        if (answer.size() == query.limit) break;
        if (query.older_than && where >= *query.older_than) continue;
        if (!query.about || entry.about == query.about) answer.push_back(entry);
    }
    return answer;
}

void memory_store::add_key(const api_key& key) {
    const std::lock_guard lock(mutex_);
    if (!api_keys_.emplace(key.id, key).second) throw store_error("a key with this id is known");
}

std::optional<api_key> memory_store::find_key(std::string_view id) {
    const std::lock_guard lock(mutex_);
    const auto found = api_keys_.find(id);
    if (found == api_keys_.end()) return std::nullopt;
    return found->second;
}

std::vector<api_key> memory_store::list_keys() {
    const std::lock_guard lock(mutex_);
    std::vector<api_key> all;
    all.reserve(api_keys_.size());
    for (const auto& [id, key] : api_keys_)
        all.push_back(key);
    std::ranges::sort(all, [](const api_key& one, const api_key& other) {
        return std::tie(one.made_at, one.id) < std::tie(other.made_at, other.id);
    });
    return all;
}

bool memory_store::revoke_key(std::string_view id, timestamp at) {
    const std::lock_guard lock(mutex_);
    const auto found = api_keys_.find(id);
    if (found == api_keys_.end()) return false;
    if (!found->second.revoked_at) found->second.revoked_at = at;
    return true;
}

bool memory_store::take_daily_post(std::string_view id, std::int64_t day, std::uint32_t limit) {
    const std::lock_guard lock(mutex_);
    auto& posts = posts_of_day_[{std::string(id), day}];
    if (posts >= limit) return false;
    ++posts;
    return true;
}

}  // namespace palabre::store
