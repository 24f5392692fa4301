// SPDX-License-Identifier: Apache-2.0
#include "store/dynamodb/posts.hpp"

#include "store/dynamodb/items.hpp"
#include "store/dynamodb/lookup.hpp"
#include "store/dynamodb/section_item.hpp"
#include "store/dynamodb/table.hpp"

#include <algorithm>

namespace palabre::store::dynamodb {
namespace {

constexpr std::string_view section_is_open = "attribute_not_exists(#closed)";

// How often a key may turn out to mean a comment that is gone, each time another one.
constexpr int keys_in_vain_max = 8;

constexpr std::int64_t ms_per_second = 1000;

// The transaction of a post, and where in it is what.
struct post_parts {
    transaction all;
    std::size_t comment = 0;
    std::size_t section = 0;
    std::optional<std::size_t> once;
};

write_action remember(
    const idempotency_record& once, const comment_id& answer, timestamp now, std::string_view dead
) {
    std::string whole;
    {
        item_writer to(whole);
        to.text(attribute::id, once_item_id(once.key));
        to.bytes(attribute::content_hash, once.content_hash);
        to.text(attribute::comment_id, to_string(answer));
        to.number(attribute::expires_at, once.expires_at.ms);
        to.number(attribute::expires, once.expires_at.ms / ms_per_second + 1);
    }
    auto made = put_new(std::move(whole));
    // DynamoDB removes what has expired when it has time, so it may still be there.
    made.condition += " OR #expiresAt <= :now";
    made.with.emplace_back(":now", number_value(now.ms));
    if (!dead.empty()) {
        made.condition += " OR #commentId = :dead";
        made.with.emplace_back(":dead", text_value(dead));
    }
    return made;
}

post_parts parts_of(
    const comment& draft,
    const std::optional<idempotency_record>& once,
    timestamp now,
    std::string_view dead
) {
    post_parts made;
    made.comment = made.all.add(put_new(item_of(draft)));
    if (draft.state == comment_state::published) {
        made.section =
            made.all.add(section_update(draft.section, 1, now, std::string(section_is_open)));
    } else {
        made.section =
            made.all.add(check_that(section_item_id(draft.section), std::string(section_is_open)));
    }
    if (draft.parent) {
        made.all.add(update_item(
            replies_item_id(*draft.parent), "ADD #replies :one", {}, {{":one", number_value(1)}}
        ));
    }
    if (once) made.once = made.all.add(remember(*once, draft.id, now, dead));
    return made;
}

bool is_same_content(const item& known, const idempotency_record& once) {
    const auto hash = find_bytes(known, attribute::content_hash);
    return hash && std::ranges::equal(*hash, once.content_hash, [](char one, std::uint8_t other) {
               return static_cast<std::uint8_t>(one) == other;
           });
}

// A comment that is there already, in every part as we wrote it: an earlier try of ours, whose
// answer was lost. Nobody else has the id.
bool is_ours(const item* found, const comment& draft) {
    return found != nullptr && read_comment(*found) == draft;
}

// What became of a post without regard to its key.
post_answer answer_without_key(const outcome& made, const post_parts& parts, const comment& draft) {
    if (!parts.once && is_ours(made.found(parts.comment), draft))
        return {post_status::stored, draft};
    if (made.has_failed(parts.section)) return {post_status::closed, std::nullopt};
    throw store_error("a comment with this id is stored already");
}

}  // namespace

post_answer post_comment(
    const table_access& access,
    token_source& tokens,
    timestamp now,
    const comment& draft,
    const std::optional<idempotency_record>& once
) {
    std::string dead;
    for (int tries = 0; tries < keys_in_vain_max; ++tries) {
        const auto parts = parts_of(draft, once, now, dead);
        const outcome made = transact(access, tokens, parts.all);
        if (made.is_done()) return {post_status::stored, draft};
        const auto* const known = parts.once ? made.found(*parts.once) : nullptr;
        if (!once || known == nullptr) return answer_without_key(made, parts, draft);
        if (!is_same_content(*known, *once)) return {post_status::conflict, std::nullopt};
        dead = text_of(*known, attribute::comment_id);
        if (dead == to_string(draft.id) && is_ours(made.found(parts.comment), draft))
            return {post_status::stored, draft};
        const auto id = parse_comment_id(dead);
        const auto then = id ? look_up_comment(access, *id) : std::nullopt;
        if (then && then->state != comment_state::deleted) return {post_status::replayed, then};
        // That comment is gone, and its key means nothing any more.
    }
    throw store_error("the key of this post came to mean something else all the time: try again");
}

}  // namespace palabre::store::dynamodb
