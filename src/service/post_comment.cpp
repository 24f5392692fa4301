// SPDX-License-Identifier: Apache-2.0
#include "service/post_comment.hpp"

#include "core/section_pattern.hpp"
#include "markup/render.hpp"
#include "service/keys.hpp"
#include "service/render_text.hpp"
#include "util/sha256.hpp"

#include <algorithm>
#include <utility>

namespace palabre {
namespace {

bool is_idempotency_key(std::string_view key) {
    return !key.empty() && key.size() <= idempotency_key_bytes_max &&
           std::ranges::all_of(key, [](char c) { return c >= 0x21 && c <= 0x7e; });
}

failure bad_key() {
    return {
        errc::invalid_idempotency_key,
        "Send an Idempotency-Key of 1 to 128 visible ASCII characters; a UUID is best.",
        {}
    };
}

// What makes two posts the same: the words of the person, after the rules were applied.
util::sha256_digest hash_of(const draft& checked) {
    return util::sha256_of_fields({
        checked.section,
        checked.author,
        checked.text,
        checked.parent ? to_string(*checked.parent) : std::string(),
        checked.website.value_or(""),
    });
}

bool needs_key(const std::string& section, const caller& from, const posting_rules& rules) {
    return rules.key_required && !from.holds && !matches_any(rules.open_sections, section);
}

failure no_key() {
    return {errc::key_required, "Send an x-api-key; the owner of this service gives them.", {}};
}

}  // namespace

post_comment::post_comment(const ports& over, const limits& allowed, const posting_rules& rules)
    : over_(over), allowed_(allowed), rules_(rules) {}

result<post_comment::output> post_comment::run(const input& asked) {
    if (asked.idempotency_key && !is_idempotency_key(*asked.idempotency_key)) {
        return refused(bad_key());
    }
    const auto checked = check_draft(asked.draft, allowed_);
    if (!checked) return refused(checked.error());
    if (needs_key(checked->section, asked.from, rules_)) return refused(no_key());
    auto made = compose(*checked);
    if (!made) return refused(std::move(made.error()));
    auto judged =
        judge_comment(*made, asked.signals, asked.from, rules_, over_.comments, over_.moderation);
    made->verified = asked.from.signed_in;
    made->state = judged.state;
    made->held_because = std::move(judged.reason);
    if (auto left = take_quota(over_.keys, asked.from, made->at); !left) {
        return refused(std::move(left.error()));
    }
    std::optional<idempotency_record> once;
    if (asked.idempotency_key) {
        const timestamp expires{made->at.ms + idempotency_keep_ms};
        once = idempotency_record{*asked.idempotency_key, hash_of(*checked), expires};
    }
    return store(*made, once);
}

result<post_comment::output> post_comment::store(
    const comment& made, const std::optional<idempotency_record>& once
) {
    auto answer = over_.comments.post(made, once);
    if (answer.stored) {
        const bool is_new = answer.status == post_status::stored;
        return output{std::move(*answer.stored), is_new ? outcome::stored : outcome::replayed};
    }
    if (answer.status == post_status::closed) {
        return refused(failure{errc::section_closed, "The conversation here has been closed.", {}});
    }
    return refused(failure{
        errc::idempotency_conflict,
        "This Idempotency-Key was used for another comment. Use a new key for a new comment.",
        {}
    });
}

result<comment> post_comment::compose(const draft& checked) {
    comment made;
    if (checked.parent) {
        const auto parent = over_.comments.find(*checked.parent);
        if (!parent || parent->section != checked.section) {
            return refused(failure{
                errc::unknown_parent, "The comment to answer does not stand in this section.", {}
            });
        }
        if (parent->depth >= allowed_.reply_depth) {
            return refused(failure{
                errc::reply_too_deep,
                "This conversation is as deep as it can be shown. Answer a comment above it.",
                {}
            });
        }
        made.depth = parent->depth + 1;
    }
    auto html = render_text(checked.text, allowed_);
    if (!html) return refused(std::move(html.error()));
    made.at = over_.time.now();
    made.id = over_.ids.next(made.at);
    made.section = checked.section;
    made.author = checked.author;
    made.text = checked.text;
    made.html = std::move(*html);
    made.renderer = markup::renderer_version;
    made.parent = checked.parent;
    made.website = checked.website;
    return made;
}

}  // namespace palabre
