// SPDX-License-Identifier: Apache-2.0
#include "home/rules/rules_of.hpp"

#include "core/text.hpp"

namespace palabre::home {
namespace {

std::size_t to_size(std::int64_t value) {
    return static_cast<std::size_t>(value);
}

}  // namespace

guard::quota quota_of(std::int64_t tokens, std::chrono::seconds period, std::int64_t burst) {
    return {static_cast<std::uint32_t>(tokens), period, static_cast<std::uint32_t>(burst)};
}

limits limits_of(const config::settings& chosen) {
    const auto& comments = chosen.comments;
    limits made;
    made.author_characters = to_size(comments.author_characters);
    made.text_characters = to_size(comments.text_characters);
    made.website_characters = to_size(comments.website_characters);
    made.reply_depth = static_cast<std::uint32_t>(comments.reply_depth);
    made.page_default = to_size(comments.page_default);
    made.page_max = to_size(comments.page_max);
    made.whole_section = to_size(comments.whole_section);
    return made;
}

posting_rules rules_of(const config::settings& chosen) {
    posting_rules made;
    made.key_required = chosen.posting.key_required;
    made.open_sections = chosen.posting.open_sections;
    made.edit_ms = chosen.posting.edit_minutes * 60'000;
    const auto& moderation = chosen.moderation;
    made.hold_all = moderation.hold_all;
    made.hold_sections = moderation.hold_sections;
    made.publish_sections = moderation.publish_sections;
    if (moderation.links_max >= 0) made.links_max = to_size(moderation.links_max);
    for (const auto& word : moderation.blocked_words)
        made.blocked_words.push_back(fold_ascii_case(trim(word)));
    made.hold_duplicates = moderation.hold_duplicates;
    made.min_ms = moderation.min_seconds * 1000;
    made.trap = moderation.trap;
    return made;
}

guard::post_quotas post_quotas_of(const config::settings& chosen) {
    const auto& from = chosen.limits;
    guard::post_quotas made;
    made.client = quota_of(from.posts_per_minute, std::chrono::seconds(60), from.posts_burst);
    made.section =
        quota_of(from.section_posts_per_minute, std::chrono::seconds(60), from.section_posts_burst);
    return made;
}

}  // namespace palabre::home
