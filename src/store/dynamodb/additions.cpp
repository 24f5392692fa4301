// SPDX-License-Identifier: Apache-2.0
// Many comments at once, as imports bring them.
#include "store/dynamodb/items.hpp"
#include "store/dynamodb/lookup.hpp"
#include "store/dynamodb/posts.hpp"
#include "store/dynamodb/side_counts.hpp"
#include "store/dynamodb/table.hpp"

#include <algorithm>
#include <set>

namespace palabre::store::dynamodb {
namespace {

using pointers = std::vector<const comment*>;

// Each id once: the first of them counts.
pointers each_once(std::span<const comment> batch) {
    pointers all;
    std::set<comment_id> seen;
    for (const auto& each : batch)
        if (seen.insert(each.id).second) all.push_back(&each);
    return all;
}

pointers without_known(const table_access& access, const pointers& asked) {
    std::vector<std::string> ids;
    ids.reserve(asked.size());
    for (const auto* each : asked)
        ids.push_back(to_string(each->id));
    std::set<std::string, std::less<>> known;
    look_up_all(access, ids, "#id", [&](const item& each) {
        known.emplace(text_of(each, attribute::id));
    });
    pointers left;
    for (std::size_t i = 0; i < asked.size(); ++i)
        if (!known.contains(ids[i])) left.push_back(asked[i]);
    return left;
}

// Some comments that are stored together or not at all. In the transaction they come first.
struct group {
    pointers comments;
    transaction all;
};

// As many as fit into one transaction, from `first` on; at least one.
group group_from(std::span<const comment* const> waiting, timestamp now) {
    group made;
    side_counts beside;
    for (const auto* each : waiting) {
        auto with = beside;
        with.add(*each);
        auto put = put_new(item_of(*each));
        const bool fits =
            made.comments.size() + 1 + with.by_item().size() <= transaction_actions_max &&
            made.all.bytes() + put.item.size() <= transaction_bytes_max;
        if (!fits && !made.comments.empty()) break;
        made.all.add(std::move(put));
        made.comments.push_back(each);
        beside = std::move(with);
    }
    beside.add_to(made.all, now);
    return made;
}

// An earlier try of ours whose answer was lost stored all of them, or none.
bool are_all_ours(const outcome& made, const group& of) {
    for (std::size_t place = 0; place < of.comments.size(); ++place) {
        const auto* const found = made.found(place);
        if (found == nullptr || read_comment(*found) != *of.comments[place]) return false;
    }
    return true;
}

void note(additions& into, const group& stored) {
    into.added += stored.comments.size();
    for (const auto* each : stored.comments)
        if (is_shown(each->state)) into.changed.push_back(each->section);
}

}  // namespace

additions add_missing_comments(
    const table_access& access, token_source& tokens, timestamp now, std::span<const comment> batch
) {
    additions made;
    auto waiting = without_known(access, each_once(batch));
    for (unsigned tries = 1; !waiting.empty(); ++tries) {
        pointers again;
        for (std::span<const comment* const> rest = waiting; !rest.empty();) {
            const auto some = group_from(rest, now);
            rest = rest.subspan(some.comments.size());
            const outcome stored = transact(access, tokens, some.all);
            if (stored.is_done() || are_all_ours(stored, some)) {
                note(made, some);
            } else {
                again.insert(again.end(), some.comments.begin(), some.comments.end());
            }
        }
        // Somebody else stored one of them meanwhile.
        waiting = without_known(access, again);
        if (!waiting.empty() && !access.pause(tries))
            throw store_error("others were adding the same comments all the time: try again");
    }
    std::ranges::sort(made.changed);
    made.changed.erase(std::ranges::unique(made.changed).begin(), made.changed.end());
    return made;
}

}  // namespace palabre::store::dynamodb
