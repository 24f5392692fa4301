// SPDX-License-Identifier: Apache-2.0
#include "http/moderation_json.hpp"

#include "http/comment_json.hpp"
#include "http/read_body.hpp"
#include "util/json_text.hpp"

#include <boost/json/object.hpp>

#include <utility>

namespace palabre::http {
namespace {

namespace json = boost::json;

failure wrong_member(std::string detail) {
    return {errc::invalid_decision, std::move(detail), {}};
}

// A member that should be a string; empty when it is absent or null.
result<std::string> text_of(const json::object& body, std::string_view name) {
    const json::value* member = body.if_contains(name);
    if (member == nullptr || member->is_null()) return std::string();
    if (const auto* text = member->if_string()) return std::string(text->data(), text->size());
    return refused(wrong_member("Send " + std::string(name) + " as a string."));
}

void add_entry(std::string& to, const audit_entry& entry) {
    util::json_object object(to);
    object.add("id", to_string(entry.id));
    object.add("timestamp", to_rfc3339(entry.at));
    object.add("by", entry.by);
    object.add("action", name_of(entry.what));
    if (entry.about) object.add("commentId", to_string(*entry.about));
    object.add("sectionId", entry.section);
    if (!entry.note.empty()) object.add("note", entry.note);
}

void add_entries(util::json_object& to, const std::vector<audit_entry>& entries) {
    util::json_array list(to.add_raw("audit"));
    for (const audit_entry& entry : entries)
        add_entry(list.next(), entry);
}

// All that a reader would see of it, and what a moderator needs beside.
void add_moderated(std::string& to, const comment& one) {
    util::json_object object(to);
    add_members(object, one);
    object.add("status", name_of(one.state));
    if (!one.held_because.empty()) object.add("heldBecause", one.held_because);
}

void add_outcome(std::string& to, const moderate_comments::decision_output& outcome) {
    util::json_object object(to);
    object.add("id", outcome.id);
    object.add("found", outcome.done.has_value());
    if (!outcome.done) return;
    object.add("before", name_of(outcome.done->before));
    object.add("after", outcome.done->after ? name_of(*outcome.done->after) : "gone");
}

}  // namespace

result<moderate_comments::decision_input> read_decision(const request& asked) {
    const auto body = parse_object(asked);
    if (!body) return refused(body.error());
    moderate_comments::decision_input wanted;
    auto decision = text_of(*body, "decision");
    auto note = text_of(*body, "note");
    if (!decision) return refused(std::move(decision.error()));
    if (!note) return refused(std::move(note.error()));
    wanted.decision = std::move(*decision);
    wanted.note = std::move(*note);
    const auto* ids = body->if_contains("ids");
    if (ids == nullptr || !ids->is_array()) {
        return refused(wrong_member("Send ids as an array of strings."));
    }
    for (const json::value& id : ids->get_array()) {
        if (!id.is_string()) return refused(wrong_member("Send ids as an array of strings."));
        wanted.ids.emplace_back(id.get_string());
    }
    return wanted;
}

result<moderate_comments::section_input> read_section_change(const request& asked) {
    const auto body = parse_object(asked);
    if (!body) return refused(body.error());
    moderate_comments::section_input wanted;
    auto section = text_of(*body, "sectionId");
    auto note = text_of(*body, "note");
    if (!section) return refused(std::move(section.error()));
    if (!note) return refused(std::move(note.error()));
    wanted.section = std::move(*section);
    wanted.note = std::move(*note);
    const auto* closed = body->if_contains("closed");
    if (closed == nullptr || !closed->is_bool()) {
        return refused(wrong_member("Send closed as true or false."));
    }
    wanted.closed = closed->get_bool();
    return wanted;
}

std::string to_json(const moderate_comments::queue_output& found) {
    std::string text;
    {
        util::json_object object(text);
        {
            util::json_array list(object.add_raw("comments"));
            for (const comment& one : found.comments)
                add_moderated(list.next(), one);
        }
        if (found.next_cursor) object.add("nextCursor", *found.next_cursor);
    }
    return text;
}

std::string to_json(const moderate_comments::history& found) {
    std::string text;
    {
        util::json_object object(text);
        add_moderated(object.add_raw("comment"), found.about);
        add_entries(object, found.entries);
    }
    return text;
}

std::string to_json(const std::vector<moderate_comments::decision_output>& done) {
    std::string text;
    {
        util::json_object object(text);
        util::json_array list(object.add_raw("outcomes"));
        for (const auto& outcome : done)
            add_outcome(list.next(), outcome);
    }
    return text;
}

std::string to_json(const moderate_comments::audit_output& found) {
    std::string text;
    {
        util::json_object object(text);
        add_entries(object, found.entries);
        if (found.next_cursor) object.add("nextCursor", *found.next_cursor);
    }
    return text;
}

std::string section_json(std::string_view section, bool closed) {
    std::string text;
    {
        util::json_object object(text);
        object.add("sectionId", section);
        object.add("closed", closed);
    }
    return text;
}

}  // namespace palabre::http
