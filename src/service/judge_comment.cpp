// SPDX-License-Identifier: Apache-2.0
#include "service/judge_comment.hpp"

#include "core/section_pattern.hpp"
#include "core/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <vector>

namespace palabre {
namespace {

bool is_held_by_section(const std::string& section, const posting_rules& rules) {
    if (matches_any(rules.hold_sections, section)) return true;
    return rules.hold_all && !matches_any(rules.publish_sections, section);
}

// Counted in the HTML, where a link is a link whatever way it was written.
std::size_t count_links(std::string_view html) {
    std::size_t count = 0;
    for (auto at = html.find("<a "); at != html.npos; at = html.find("<a ", at + 1))
        ++count;
    return count;
}

bool is_of_a_word(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || std::isalnum(byte) != 0;
}

// As a word of its own, so that "ass" is not found in "assez".
bool has_word(std::string_view text, std::string_view word) {
    for (auto at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
        const auto end = at + word.size();
        const bool begins = at == 0 || !is_of_a_word(text[at - 1]);
        const bool ends = end == text.size() || !is_of_a_word(text[end]);
        if (begins && ends) return true;
    }
    return false;
}

const std::string* blocked_word_in(const comment& made, const posting_rules& rules) {
    const std::string all =
        fold_ascii_case(made.author + "\n" + made.text + "\n" + made.website.value_or(""));
    const auto found = std::ranges::find_if(rules.blocked_words, [&](const std::string& word) {
        return has_word(all, word);
    });
    return found == rules.blocked_words.end() ? nullptr : &*found;
}

bool is_duplicate(const comment& made, comment_store& comments, moderation_store& moderation) {
    const auto text = trim(made.text);
    if (count_characters(text) < duplicate_characters_min) return false;
    const auto says_the_same = [&](const comment& other) {
        return other.id != made.id && other.at.ms > made.at.ms - duplicate_ms &&
               trim(other.text) == text;
    };
    const auto shown = comments.list({made.section, std::nullopt, duplicate_comments});
    if (std::ranges::any_of(shown.comments, says_the_same)) return true;
    const auto held =
        moderation.list_queue({comment_state::held, {}, std::nullopt, duplicate_comments});
    return std::ranges::any_of(held.comments, says_the_same);
}

}  // namespace

verdict judge_comment(
    const comment& made,
    const form_signals& signals,
    const caller& from,
    const posting_rules& rules,
    comment_store& comments,
    moderation_store& moderation
) {
    if (from.may(role::moderator)) return {};
    if (rules.trap && signals.trap_filled) {
        return {comment_state::spam, "a field that people do not see was filled in"};
    }
    std::vector<std::string> reasons;
    if (is_held_by_section(made.section, rules)) reasons.emplace_back("this section is read first");
    const std::size_t links = count_links(made.html);
    if (rules.links_max && links > *rules.links_max)
        reasons.push_back(fmt::format("{} links", links));
    if (const auto* word = blocked_word_in(made, rules)) {
        reasons.push_back(fmt::format("the word \"{}\"", *word));
    }
    if (rules.min_ms > 0 && signals.elapsed_ms && *signals.elapsed_ms < rules.min_ms) {
        reasons.push_back(
            fmt::format("written in {} ms", std::max<std::int64_t>(*signals.elapsed_ms, 0))
        );
    }
    if (rules.hold_duplicates && is_duplicate(made, comments, moderation)) {
        reasons.emplace_back("the same text was posted before");
    }
    if (reasons.empty()) return {};
    return {comment_state::held, fmt::format("{}", fmt::join(reasons, "; "))};
}

}  // namespace palabre
