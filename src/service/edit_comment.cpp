// SPDX-License-Identifier: Apache-2.0
#include "service/edit_comment.hpp"

#include "core/draft.hpp"
#include "markup/render.hpp"
#include "service/edit_token.hpp"
#include "service/judge_comment.hpp"
#include "service/render_text.hpp"

#include <utility>

namespace palabre {
namespace {

failure not_found() {
    return {errc::unknown_comment, "There is no such comment.", {}};
}

bool is_of_its_author(const comment& found) {
    return found.state == comment_state::published || found.state == comment_state::held;
}

}  // namespace

edit_comment::edit_comment(
    const ports& over, const limits& allowed, const posting_rules& rules, std::string secret
)
    : over_(over), allowed_(allowed), rules_(rules), secret_(std::move(secret)) {}

// What a moderator has taken away is as good as gone, so that a token tells no more than a reader
// can see.
result<comment> edit_comment::find_own(
    std::string_view id, const std::optional<std::string_view>& token
) {
    const auto parsed = parse_comment_id(id);
    if (!parsed) return refused(not_found());
    if (!token || !is_edit_token(*token, *parsed, secret_)) {
        return refused(failure{
            errc::edit_refused, "Send the edit-token that came with the answer to the post.", {}
        });
    }
    auto found = over_.comments.find_any(*parsed);
    if (!found || !is_of_its_author(*found)) return refused(not_found());
    if (over_.time.now().ms >= found->at.ms + rules_.edit_ms) {
        return refused(failure{
            errc::edit_refused, "The time to change this comment is over. Ask the moderator.", {}
        });
    }
    return std::move(*found);
}

audit_entry edit_comment::entry_for(action what, const comment& about) {
    audit_entry entry;
    entry.at = over_.time.now();
    entry.id = over_.ids.next(entry.at);
    entry.by = "author";
    entry.what = what;
    entry.about = about.id;
    entry.section = about.section;
    return entry;
}

result<comment> edit_comment::change(
    std::string_view id,
    const std::optional<std::string_view>& token,
    const std::optional<std::string>& text,
    const caller& from
) {
    auto found = find_own(id, token);
    if (!found) return refused(std::move(found.error()));
    if (auto problem = check_text(text, allowed_)) {
        return refused(
            failure{errc::invalid_fields, "Some fields need another look.", {std::move(*problem)}}
        );
    }
    const std::string words = text.value_or("");
    auto html = render_text(words, allowed_);
    if (!html) return refused(std::move(html.error()));
    comment edited = *found;
    edited.text = words;
    edited.html = std::move(*html);
    edited.renderer = markup::renderer_version;
    edited.edited_at = over_.time.now();
    auto judged = judge_comment(edited, {}, from, rules_, over_.comments, over_.moderation);
    // What a moderator has not let through yet is not let through by an edit.
    if (found->state == comment_state::published || judged.state != comment_state::published) {
        edited.state = judged.state;
        edited.held_because = std::move(judged.reason);
    }
    if (!over_.moderation.edit(edited, found->text, entry_for(action::edit, edited))) {
        return refused(
            failure{errc::edit_conflict, "The comment was changed meanwhile. Load it again.", {}}
        );
    }
    return edited;
}

result<void> edit_comment::remove(
    std::string_view id, const std::optional<std::string_view>& token
) {
    const auto found = find_own(id, token);
    if (!found) return refused(found.error());
    if (!over_.moderation.decide(entry_for(action::remove, *found))) return refused(not_found());
    return {};
}

}  // namespace palabre
