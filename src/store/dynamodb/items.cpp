// SPDX-License-Identifier: Apache-2.0
#include "store/dynamodb/items.hpp"

#include "ports/comment_store.hpp"
#include "store/dynamodb/table.hpp"
#include "util/sha256.hpp"

#include <algorithm>

namespace palabre::store::dynamodb {
namespace {

[[noreturn]] void refuse(const item& from, std::string_view what) {
    throw store_error(
        "the item \"" + std::string(text_of(from, attribute::id)) +
        "\" of the table has no valid " + std::string(what) + ": mend it or remove it"
    );
}

timestamp read_time(const item& from, std::string_view name) {
    const auto at = parse_rfc3339(text_of(from, name));
    if (!at) refuse(from, name);
    return *at;
}

comment_id read_id(const item& from, std::string_view name, std::string_view text) {
    const auto id = parse_comment_id(text);
    if (!id) refuse(from, name);
    return *id;
}

std::uint32_t read_number(const item& from, std::string_view name) {
    const auto number = number_of(from, name);
    if (number < 0 || number > 0xffff'ffffLL) refuse(from, name);
    return static_cast<std::uint32_t>(number);
}

comment_state read_state(const item& from) {
    if (find_text(from, attribute::section_id)) {
        return flag_of(from, attribute::deleted) ? comment_state::deleted
                                                 : comment_state::published;
    }
    const auto state = parse_comment_state(text_of(from, attribute::queue));
    if (!state || is_shown(*state)) refuse(from, attribute::queue);
    return *state;
}

void write_state(item_writer& to, const comment& each) {
    if (is_shown(each.state)) {
        to.text(attribute::section_id, each.section);
    } else {
        to.text(attribute::pending_section_id, each.section);
        to.text(attribute::queue, name_of(each.state));
    }
    if (each.state == comment_state::deleted) to.flag(attribute::deleted, true);
}

// Those members that most comments do not have are left out.
void write_extras(item_writer& to, const comment& each) {
    if (each.depth != 0) to.number(attribute::depth, each.depth);
    if (each.parent) to.text(attribute::parent_id, to_string(*each.parent));
    if (each.website) to.text(attribute::website, *each.website);
    if (each.edited_at) to.text(attribute::edited_at, to_rfc3339(*each.edited_at));
    if (each.verified) to.flag(attribute::verified, true);
    if (!each.held_because.empty()) to.text(attribute::held_because, each.held_because);
}

std::string with_prefix(std::string_view prefix, std::string_view name) {
    std::string made(prefix);
    return made.append(name);
}

}  // namespace

std::string item_of(const comment& each) {
    std::string made;
    made.reserve(512 + each.text.size() + each.html.size());
    {
        item_writer to(made);
        to.text(attribute::id, to_string(each.id));
        to.text(attribute::timestamp, to_rfc3339(each.at));
        write_state(to, each);
        if (each.state != comment_state::deleted) {
            to.text(attribute::author, each.author);
            to.text(attribute::text, each.text);
            to.text(attribute::html, each.html);
        }
        to.number(attribute::renderer, each.renderer);
        write_extras(to, each);
    }
    return made;
}

comment read_comment(const item& from) {
    comment made;
    made.id = read_id(from, attribute::id, text_of(from, attribute::id));
    made.state = read_state(from);
    made.section =
        text_of(from, is_shown(made.state) ? attribute::section_id : attribute::pending_section_id);
    made.at = read_time(from, attribute::timestamp);
    made.author = text_of(from, attribute::author);
    made.text = text_of(from, attribute::text);
    made.html = text_of(from, attribute::html);
    made.renderer = read_number(from, attribute::renderer);
    made.depth = read_number(from, attribute::depth);
    if (const auto parent = find_text(from, attribute::parent_id))
        made.parent = read_id(from, attribute::parent_id, *parent);
    if (const auto website = find_text(from, attribute::website)) made.website = *website;
    if (find_text(from, attribute::edited_at))
        made.edited_at = read_time(from, attribute::edited_at);
    made.verified = flag_of(from, attribute::verified);
    made.held_because = text_of(from, attribute::held_because);
    return made;
}

std::string item_of(const audit_entry& each) {
    std::string made;
    {
        item_writer to(made);
        to.text(attribute::id, audit_item_id(each.id));
        to.text(attribute::queue, audit_queue);
        to.text(attribute::timestamp, to_rfc3339(each.at));
        to.text(attribute::by, each.by);
        to.text(attribute::action, name_of(each.what));
        if (each.about) to.text(attribute::about, to_string(*each.about));
        to.text(attribute::section, each.section);
        if (!each.note.empty()) to.text(attribute::note, each.note);
    }
    return made;
}

audit_entry read_audit_entry(const item& from) {
    audit_entry made;
    made.id = read_id(from, attribute::id, name_in_id(from, prefix::audit));
    made.at = read_time(from, attribute::timestamp);
    made.by = text_of(from, attribute::by);
    const auto what = parse_action(text_of(from, attribute::action));
    if (!what) refuse(from, attribute::action);
    made.what = *what;
    if (const auto about = find_text(from, attribute::about))
        made.about = read_id(from, attribute::about, *about);
    made.section = text_of(from, attribute::section);
    made.note = text_of(from, attribute::note);
    return made;
}

std::string item_of(const api_key& each) {
    std::string made;
    {
        item_writer to(made);
        to.text(attribute::id, key_item_id(each.id));
        to.text(attribute::queue, key_queue);
        to.text(attribute::timestamp, to_rfc3339(each.made_at));
        to.text(attribute::name, each.name);
        to.text(attribute::may, name_of(each.may));
        to.bytes(attribute::hash, each.hash);
        if (!each.origins.empty()) to.texts(attribute::origins, each.origins);
        if (each.posts_per_minute != 0)
            to.number(attribute::posts_per_minute, each.posts_per_minute);
        if (each.posts_per_day != 0) to.number(attribute::posts_per_day, each.posts_per_day);
        if (each.revoked_at) to.text(attribute::revoked_at, to_rfc3339(*each.revoked_at));
    }
    return made;
}

api_key read_key(const item& from) {
    api_key made;
    made.id = name_in_id(from, prefix::key);
    made.name = text_of(from, attribute::name);
    const auto may = parse_role(text_of(from, attribute::may));
    if (!may) refuse(from, attribute::may);
    made.may = *may;
    const auto hash = find_bytes(from, attribute::hash);
    if (!hash || hash->size() != made.hash.size()) refuse(from, attribute::hash);
    std::ranges::copy(*hash, made.hash.begin());
    made.origins = find_texts(from, attribute::origins);
    made.posts_per_minute = read_number(from, attribute::posts_per_minute);
    made.posts_per_day = read_number(from, attribute::posts_per_day);
    made.made_at = read_time(from, attribute::timestamp);
    if (find_text(from, attribute::revoked_at))
        made.revoked_at = read_time(from, attribute::revoked_at);
    return made;
}

bool is_comment(const item& each) {
    return text_of(each, attribute::id).find(prefix::mark) == std::string_view::npos;
}

std::string section_item_id(std::string_view section) {
    return with_prefix(prefix::section, section);
}

// Hashed: a client's key may hold whatever it likes.
std::string once_item_id(std::string_view key) {
    return with_prefix(prefix::once, util::to_hex(util::sha256(key)));
}

std::string replies_item_id(const comment_id& answered) {
    return with_prefix(prefix::replies, to_string(answered));
}

std::string audit_item_id(const comment_id& entry) {
    return with_prefix(prefix::audit, to_string(entry));
}

std::string key_item_id(std::string_view key) {
    return with_prefix(prefix::key, key);
}

std::string quota_item_id(std::string_view key, std::int64_t day) {
    return with_prefix(prefix::quota, key) + prefix::mark + std::to_string(day);
}

std::string_view name_in_id(const item& each, std::string_view prefix) {
    const auto id = text_of(each, attribute::id);
    return id.starts_with(prefix) ? id.substr(prefix.size()) : std::string_view();
}

}  // namespace palabre::store::dynamodb
