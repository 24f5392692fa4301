// SPDX-License-Identifier: Apache-2.0
#include "service/import_plan.hpp"

#include "core/page_path.hpp"
#include "core/section_id.hpp"
#include "core/text.hpp"
#include "markup/from_html.hpp"
#include "util/sha256.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

namespace palabre {

namespace {

// How many left-out ancestors a reply looks past. Deeper chains are made, not written.
constexpr int skipped_ancestors_max = 1'000;

constexpr std::size_t entries_max = no_entry - 1;

short_hash hash_of(std::string_view key) {
    const auto full = util::sha256(key);
    short_hash out;
    std::copy_n(full.begin(), out.size(), out.begin());
    return out;
}

void count(skipped_entries& into, skip_reason why) {
    switch (why) {
        case skip_reason::pingback:
            ++into.pingbacks;
            break;
        case skip_reason::trackback:
            ++into.trackbacks;
            break;
        case skip_reason::spam:
            ++into.spam;
            break;
        case skip_reason::deleted:
            ++into.deleted;
            break;
        case skip_reason::orphan:
            ++into.orphans;
            break;
        case skip_reason::other:
            ++into.other;
            break;
    }
}

// A full address is folded to its path, as the widget does with the page it stands on.
std::optional<std::string> section_of(std::string_view page) {
    const bool is_address = page.starts_with("http://") || page.starts_with("https://");
    auto made = is_address ? make_section_id(fold_page_path(page)) : make_section_id(page);
    if (!made) return std::nullopt;
    return std::move(*made);
}

comment_id id_of(const foreign_comment& c, std::string_view engine, std::string_view section) {
    const auto full = util::sha256_of_fields({engine, section, c.key});
    std::array<std::uint8_t, 10> entropy{};
    std::copy_n(full.begin(), entropy.size(), entropy.begin());
    return make_comment_id(c.at, entropy);
}

}  // namespace

std::uint64_t content_of(const foreign_comment& c) {
    const auto full = util::sha256_of_fields({
        c.key,
        c.parent_key,
        c.page,
        c.author,
        c.website,
        c.html,
        std::to_string(c.at.ms),
        c.held ? "held" : "",
        c.skipped ? std::to_string(static_cast<int>(*c.skipped)) : "",
    });
    std::uint64_t out = 0;
    std::memcpy(&out, full.data(), sizeof out);
    return out;
}

std::string to_markdown(const foreign_comment& c, foreign_newlines meaning) {
    return markup::from_html(
        c.html,
        meaning == foreign_newlines::are_breaks ? markup::newlines::are_breaks
                                                : markup::newlines::are_space
    );
}

void import_plan::add(const foreign_comment& c, const comment_source& from) {
    if (entries_.size() >= entries_max) throw source_error("the export has too many entries");
    plan_entry added;
    added.content = content_of(c);
    added.has_parent_key = !c.parent_key.empty();
    if (added.has_parent_key) added.parent_key = hash_of(c.parent_key);
    const auto number = static_cast<std::uint32_t>(entries_.size());
    if (!by_key_.emplace(hash_of(c.key), number).second) {
        ++report_.duplicates;
    } else if (c.skipped) {
        count(report_.skipped, *c.skipped);
    } else {
        added.kept = decide(c, from, added);
    }
    entries_.push_back(added);
    ++report_.read;
}

bool import_plan::decide(const foreign_comment& c, const comment_source& from, plan_entry& into) {
    if (c.at < timestamp_min || c.at > timestamp_max) {
        throw source_error(fmt::format(
            "line {}: comment {} has a date before 1970 or after 9999; mend it, then import again",
            c.line,
            c.key
        ));
    }
    auto section = section_of(c.page);
    if (!section) {
        if (report_.bad_pages++ == 0) report_.first_bad_page = c.page;
        return false;
    }
    if (is_invisible(to_markdown(c, from.newlines()))) {
        ++report_.empty_texts;
        return false;
    }
    into.id = id_of(c, from.engine(), *section);
    into.section = section_number(std::move(*section));
    ++sections_[into.section].comments;
    return true;
}

std::uint32_t import_plan::section_number(std::string name) {
    const auto number = static_cast<std::uint32_t>(sections_.size());
    const auto [known, is_new] = section_numbers_.emplace(name, number);
    if (is_new) sections_.push_back({.section = std::move(name)});
    return known->second;
}

// The entry that a child names as its parent, or no_entry.
std::uint32_t import_plan::find(const plan_entry& child) const {
    if (!child.has_parent_key) return no_entry;
    const auto found = by_key_.find(child.parent_key);
    return found == by_key_.end() ? no_entry : found->second;
}

std::uint32_t import_plan::nearest_kept(const plan_entry& child) const {
    auto at = find(child);
    for (int hops = 0; at != no_entry && hops < skipped_ancestors_max; ++hops) {
        if (entries_[at].kept && entries_[at].section == child.section) return at;
        at = find(entries_[at]);
    }
    return no_entry;
}

void import_plan::place_all(std::uint32_t depth_max) {
    for (auto& each : entries_) {
        if (each.kept) each.parent = nearest_kept(each);
    }
    for (std::uint32_t i = 0; i < entries_.size(); ++i) {
        if (entries_[i].kept) place(i, depth_max);
    }
    for (const auto& each : entries_) {
        if (!each.kept || !each.has_parent_key) continue;
        if (each.parent == no_entry || each.parent != find(each)) ++report_.moved_replies;
    }
}

// Walks up to an ancestor that has its place, then down again. A loop of parents is cut where the
// walk comes back to itself.
void import_plan::place(std::uint32_t start, std::uint32_t depth_max) {
    constexpr std::uint32_t on_path = no_entry - 1;
    std::vector<std::uint32_t> path;
    auto at = start;
    while (at != no_entry && entries_[at].depth == no_entry) {
        entries_[at].depth = on_path;
        path.push_back(at);
        at = entries_[at].parent;
    }
    if (at != no_entry && entries_[at].depth == on_path) entries_[path.back()].parent = no_entry;
    for (; !path.empty(); path.pop_back())
        place_below_parent(entries_[path.back()], depth_max);
}

void import_plan::place_below_parent(plan_entry& placed, std::uint32_t depth_max) const {
    while (placed.parent != no_entry && entries_[placed.parent].depth >= depth_max)
        placed.parent = entries_[placed.parent].parent;
    placed.depth = placed.parent == no_entry ? 0 : entries_[placed.parent].depth + 1;
}

std::vector<imported_section> import_plan::sections() const {
    auto sorted = sections_;
    std::ranges::sort(sorted, [](const imported_section& a, const imported_section& b) {
        return a.comments != b.comments ? a.comments > b.comments : a.section < b.section;
    });
    return sorted;
}

}  // namespace palabre
