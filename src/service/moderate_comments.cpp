// SPDX-License-Identifier: Apache-2.0
#include "service/moderate_comments.hpp"

#include "core/cursor.hpp"
#include "core/section_id.hpp"
#include "core/text.hpp"

#include <utility>

namespace palabre {
namespace {

// A cursor is bound to what it walks, as those of pages are to their section.
constexpr std::string_view audit_walk = "audit";

std::string walk_of(comment_state state, const std::string& section) {
    return "queue " + std::string(name_of(state)) + " " + section;
}

result<std::optional<position>> place_of(
    const std::optional<std::string>& cursor, std::string_view walk
) {
    if (!cursor) return std::nullopt;
    const auto decoded = decode_cursor(*cursor, walk);
    if (!decoded) return refused(decoded.error());
    return decoded->from;
}

failure bad_decision(std::string detail) {
    return {errc::invalid_decision, std::move(detail), {}};
}

std::optional<failure> look_at_note(const std::string& note) {
    if (find_text_problem(note, line_breaks::forbidden)) {
        return bad_decision("Write the note in one line of plain text.");
    }
    if (count_characters(note) > audit_note_characters_max) {
        return bad_decision(
            "Write a note of up to " + std::to_string(audit_note_characters_max) + " characters."
        );
    }
    return std::nullopt;
}

}  // namespace

result<moderate_comments::queue_output> moderate_comments::list(const queue_input& asked) {
    const auto state = parse_comment_state(asked.status.value_or("held"));
    if (!state || *state == comment_state::deleted) {
        return refused(
            failure{errc::invalid_status, "Ask for status=held, published, rejected or spam.", {}}
        );
    }
    std::string section;
    if (asked.section) {
        auto id = make_section_id(*asked.section);
        if (!id) return refused(failure{errc::invalid_section, id.error().message, {}});
        section = std::move(*id);
    }
    const std::string walk = walk_of(*state, section);
    const auto from = place_of(asked.cursor, walk);
    if (!from) return refused(from.error());
    auto found = over_.moderation.list_queue({*state, section, *from, asked.limit});
    queue_output answer{std::move(found.comments), std::nullopt};
    if (found.has_older) {
        answer.next_cursor =
            encode_cursor({direction::older, position_of(answer.comments.back())}, walk);
    }
    return answer;
}

result<moderate_comments::history> moderate_comments::show(std::string_view id) {
    const auto parsed = parse_comment_id(id);
    auto found = parsed ? over_.comments.find_any(*parsed) : std::nullopt;
    if (!found) return refused(failure{errc::unknown_comment, "There is no such comment.", {}});
    auto entries = over_.moderation.list_audit({found->id, std::nullopt, decisions_max});
    return history{std::move(*found), std::move(entries)};
}

audit_entry moderate_comments::entry_for(
    action what, const std::string& by, const std::string& note
) {
    audit_entry entry;
    entry.at = over_.time.now();
    entry.id = over_.ids.next(entry.at);
    entry.by = by;
    entry.what = what;
    entry.note = note;
    return entry;
}

result<std::vector<moderate_comments::decision_output>> moderate_comments::decide(
    const decision_input& asked
) {
    const auto what = parse_action(asked.decision);
    if (!what || !is_decision(*what)) {
        return refused(bad_decision("Decide to publish, reject, spam or delete."));
    }
    if (asked.ids.empty() || asked.ids.size() > decisions_max) {
        return refused(
            bad_decision("Name 1 to " + std::to_string(decisions_max) + " comments by their ids.")
        );
    }
    if (auto problem = look_at_note(asked.note)) return refused(std::move(*problem));
    std::vector<decision_output> answer;
    answer.reserve(asked.ids.size());
    for (const auto& id : asked.ids) {
        answer.push_back({id, std::nullopt});
        const auto parsed = parse_comment_id(id);
        if (!parsed) continue;
        auto entry = entry_for(*what, asked.by, asked.note);
        entry.about = *parsed;
        answer.back().done = over_.moderation.decide(entry);
    }
    return answer;
}

result<std::string> moderate_comments::set_closed(const section_input& asked) {
    auto section = make_section_id(asked.section);
    if (!section) return refused(failure{errc::invalid_section, section.error().message, {}});
    if (auto problem = look_at_note(asked.note)) return refused(std::move(*problem));
    auto entry = entry_for(asked.closed ? action::close : action::reopen, asked.by, asked.note);
    entry.section = *section;
    over_.moderation.set_closed(entry);
    return std::move(*section);
}

result<moderate_comments::audit_output> moderate_comments::list_audit(
    const std::optional<std::string>& cursor, std::size_t limit
) {
    const auto from = place_of(cursor, audit_walk);
    if (!from) return refused(from.error());
    audit_output answer;
    answer.entries = over_.moderation.list_audit({std::nullopt, *from, limit + 1});
    if (answer.entries.size() > limit) {
        answer.entries.resize(limit);
        const auto& last = answer.entries.back();
        answer.next_cursor = encode_cursor({direction::older, {last.at, last.id}}, audit_walk);
    }
    return answer;
}

}  // namespace palabre
