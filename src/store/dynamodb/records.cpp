// SPDX-License-Identifier: Apache-2.0
#include "store/dynamodb/records.hpp"

#include "store/dynamodb/items.hpp"
#include "store/dynamodb/lookup.hpp"
#include "store/dynamodb/table.hpp"
#include "store/dynamodb/walk.hpp"

#include <algorithm>
#include <span>
#include <tuple>

namespace palabre::store::dynamodb {
namespace {

// What the first look keeps in memory. A comment is 16 bytes there.
struct overview {
    std::vector<std::string> closed;
    std::vector<comment_id> comments;
    std::vector<audit_entry> audit;
    std::vector<api_key> keys;
};

// Everything of the audit and the keys, and of comments no more than their ids.
constexpr std::string_view wanted_attributes =
    "#id, #closed, #queue, #timestamp, #by, #action, #about, #section, #note, #name, #may, #hash, "
    "#origins, #postsPerMinute, #postsPerDay, #revokedAt";

void note(overview& into, const item& each) {
    const auto id = text_of(each, attribute::id);
    if (const auto comment = parse_comment_id(id)) {
        into.comments.push_back(*comment);
    } else if (id.starts_with(prefix::audit)) {
        into.audit.push_back(read_audit_entry(each));
    } else if (id.starts_with(prefix::key)) {
        into.keys.push_back(read_key(each));
    } else if (id.starts_with(prefix::section) && flag_of(each, attribute::closed)) {
        into.closed.emplace_back(name_in_id(each, prefix::section));
    }
}

overview look_around(const std::function<table_access()>& fresh) {
    overview made;
    std::string after;
    do {
        // Page by page, each with the time of a verb.
        std::string last;
        const scan_query query{{}, wanted_attributes, {}, {}, after};
        scan_once(fresh(), query, [&](const item& each) { note(made, each); }, last);
        after = std::move(last);
    } while (!after.empty());
    std::ranges::sort(made.closed);
    std::ranges::sort(made.comments);
    std::ranges::sort(made.audit, [](const audit_entry& one, const audit_entry& other) {
        return std::tie(one.at, one.id) < std::tie(other.at, other.id);
    });
    std::ranges::sort(made.keys, [](const api_key& one, const api_key& other) {
        return std::tie(one.made_at, one.id) < std::tie(other.made_at, other.id);
    });
    return made;
}

void give_comments(const table_access& access, std::span<const comment_id> some, record_sink& to) {
    std::vector<std::string> ids;
    ids.reserve(some.size());
    for (const auto& id : some)
        ids.push_back(to_string(id));
    std::vector<comment> found;
    look_up_all(access, ids, {}, [&](const item& each) { found.push_back(read_comment(each)); });
    std::ranges::sort(found, {}, &comment::id);
    for (const auto& each : found)
        to.put_comment(each);
}

}  // namespace

void read_records(const std::function<table_access()>& fresh, record_sink& to) {
    const auto there = look_around(fresh);
    for (const auto& section : there.closed)
        to.put_closed_section(section);
    for (std::span<const comment_id> rest = there.comments; !rest.empty();) {
        const auto some = rest.first(std::min(rest.size(), lookup_ids_max));
        give_comments(fresh(), some, to);
        rest = rest.subspan(some.size());
    }
    for (const auto& each : there.audit)
        to.put_audit_entry(each);
    for (const auto& each : there.keys)
        to.put_key(each);
}

}  // namespace palabre::store::dynamodb
