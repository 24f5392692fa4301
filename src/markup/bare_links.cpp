// SPDX-License-Identifier: Apache-2.0
#include "markup/bare_links.hpp"

#include "markup/character_filter.hpp"

#include <cmark-gfm-extension_api.h>

#include <array>
#include <cstdint>
#include <string>

namespace palabre::markup {

namespace {

constexpr std::array<std::string_view, 3> prefixes{"https://", "http://", "www."};

// cmark calls us at a small 'w' only, so "WWW." is no link.
std::string_view prefix_of(std::string_view text) noexcept {
    for (const auto prefix : prefixes) {
        if (text.size() <= prefix.size()) continue;
        std::size_t same = 0;
        while (same < prefix.size() && to_lower_ascii(text[same]) == prefix[same])
            ++same;
        if (same == prefix.size() && text[0] != 'W') return prefix;
    }
    return {};
}

bool may_stand_before(char before, std::string_view prefix) noexcept {
    if (is_ascii_alphanumeric(static_cast<unsigned char>(before))) return false;
    return prefix != "www." ||
           std::string_view("/@:.#&=?-%").find(before) == std::string_view::npos;
}

bool starts_host(char first) noexcept {
    const auto byte = static_cast<unsigned char>(first);
    return is_ascii_alphanumeric(byte) || byte >= 0x80;
}

// Typographic quotation marks, dashes, ellipsis and spaces, of which none stands in an address that
// was copied from a browser.
bool ends_link(char32_t c, brackets meaning) noexcept {
    if (c <= 0x20 || c == 0x7F) return true;
    if (c < 0x80) {
        if (meaning == brackets::end_of_url && (c == '[' || c == ']')) return true;
        return c == '<' || c == '>' || c == '"' || c == '`' || c == '\\' || c == '|' || c == '{' ||
               c == '}' || c == '^';
    }
    return c == 0xAB || c == 0xBB || is_wide_space(c) || (c >= 0x2000 && c <= 0x206F) ||
           (c >= 0x3000 && c <= 0x303F) || (c >= 0xFF00 && c <= 0xFF0F);
}

bool belongs_to_sentence(char last) noexcept {
    return std::string_view("?!.,:;*_~'").find(last) != std::string_view::npos;
}

// One pass from the end; parentheses are counted once, so that "(see http://x/(y))" costs no more.
std::size_t without_punctuation(std::string_view link) noexcept {
    std::size_t opened = 0;
    std::size_t closed = 0;
    for (const char c : link) {
        if (c == '(') ++opened;
        if (c == ')') ++closed;
    }
    while (!link.empty()) {
        if (link.back() == ')' && closed > opened) {
            --closed;
        } else if (!belongs_to_sentence(link.back())) {
            break;
        }
        link.remove_suffix(1);
    }
    return link.size();
}

// What stands at the parser's place, from `back` bytes before it up to the next white space. The
// caller has seen that these bytes exist.
std::string read_word(cmark_inline_parser* parser, int back) {
    const int here = cmark_inline_parser_get_offset(parser);
    std::string word;
    for (int i = here - back; i < here; ++i) {
        word += static_cast<char>(cmark_inline_parser_peek_at(parser, i));
    }
    while (!cmark_inline_parser_is_eof(parser)) {
        const auto c = cmark_inline_parser_peek_char(parser);
        if (is_ascii_space(c) || c == '<') break;
        word += static_cast<char>(c);
        cmark_inline_parser_advance_offset(parser);
    }
    cmark_inline_parser_set_offset(parser, here);
    return word;
}

// True when the bytes in front of the parser's place are `word`, in either case.
bool stands_before(cmark_inline_parser* parser, std::string_view word) {
    const int start = cmark_inline_parser_get_offset(parser) - static_cast<int>(word.size());
    if (start < 0) return false;
    for (std::size_t i = 0; i < word.size(); ++i) {
        const auto c = cmark_inline_parser_peek_at(parser, start + static_cast<int>(i));
        if (to_lower_ascii(static_cast<char>(c)) != word[i]) return false;
    }
    return true;
}

// How much of a link's beginning stands in front of the parser's place; negative when what stands
// there cannot begin one.
int bytes_read_before(cmark_inline_parser* parser, unsigned char trigger) {
    if (trigger == 'w') return 0;
    if (stands_before(parser, "https")) return 5;
    return stands_before(parser, "http") ? 4 : -1;
}

// Looks a few bytes ahead before the whole word is read: else "wwwwww…" would be read anew at each
// of its letters.
bool continues_link(cmark_inline_parser* parser, unsigned char trigger) {
    const std::string_view wanted = trigger == 'w' ? "www." : "://";
    const int here = cmark_inline_parser_get_offset(parser);
    std::size_t same = 0;
    while (same < wanted.size() && !cmark_inline_parser_is_eof(parser) &&
           cmark_inline_parser_peek_char(parser) == static_cast<unsigned char>(wanted[same])) {
        cmark_inline_parser_advance_offset(parser);
        ++same;
    }
    const bool host = same == wanted.size() && !cmark_inline_parser_is_eof(parser) &&
                      starts_host(static_cast<char>(cmark_inline_parser_peek_char(parser)));
    cmark_inline_parser_set_offset(parser, here);
    return host;
}

cmark_node* make_link(const std::string& words) {
    const bool has_scheme = to_lower_ascii(words[0]) == 'h';
    cmark_node* link = cmark_node_new(CMARK_NODE_LINK);
    cmark_node_set_url(link, (has_scheme ? words : "http://" + words).c_str());
    cmark_node* text = cmark_node_new(CMARK_NODE_TEXT);
    cmark_node_set_literal(text, words.c_str());
    cmark_node_append_child(link, text);
    return link;
}

// Called at each ':' and 'w' of prose (cmark keeps '.' to itself). A scheme was read as text before
// its colon, so it is taken back. A link that is found is consumed, so no byte is read twice as
// part of one.
cmark_node* match(
    cmark_syntax_extension*,
    cmark_parser*,
    cmark_node* parent,
    unsigned char trigger,
    cmark_inline_parser* parser
) {
    const int back = bytes_read_before(parser, trigger);
    if (back < 0 || !continues_link(parser, trigger)) return nullptr;
    const int here = cmark_inline_parser_get_offset(parser);
    const char before =
        here > back ? static_cast<char>(cmark_inline_parser_peek_at(parser, here - back - 1)) : ' ';
    const bool bracketed = cmark_inline_parser_in_bracket(parser, 0) != 0 ||
                           cmark_inline_parser_in_bracket(parser, 1) != 0;
    const auto word = read_word(parser, back);
    const auto length =
        bare_link_length(word, before, bracketed ? brackets::end_of_url : brackets::part_of_url);
    if (length == 0) return nullptr;
    cmark_node_unput(parent, back);
    cmark_inline_parser_set_offset(parser, here - back + static_cast<int>(length));
    return make_link(word.substr(0, length));
}

// cmark-gfm keeps the characters as pointers; nothing is ever read through them.
void* as_pointer(unsigned char c) {
    // NOLINTNEXTLINE(performance-no-int-to-ptr)
    return reinterpret_cast<void*>(static_cast<std::uintptr_t>(c));
}

cmark_syntax_extension* make_extension() {
    auto* memory = cmark_get_default_mem_allocator();
    auto* extension = cmark_syntax_extension_new("palabre_bare_links");
    cmark_llist* triggers = cmark_llist_append(memory, nullptr, as_pointer(':'));
    triggers = cmark_llist_append(memory, triggers, as_pointer('w'));
    cmark_syntax_extension_set_special_inline_chars(extension, triggers);
    cmark_syntax_extension_set_match_inline_func(extension, match);
    return extension;
}

}  // namespace

std::size_t bare_link_length(std::string_view text, char before, brackets meaning) noexcept {
    const auto prefix = prefix_of(text);
    if (prefix.empty() || !may_stand_before(before, prefix)) return 0;
    if (!starts_host(text[prefix.size()])) return 0;
    std::size_t end = prefix.size();
    while (end < text.size()) {
        const auto c = first_code_point(text.substr(end));
        if (ends_link(c.value, meaning)) break;
        end += c.bytes;
    }
    const auto length = without_punctuation(text.substr(0, end));
    return length > prefix.size() ? length : 0;
}

cmark_syntax_extension* bare_links_extension() {
    static cmark_syntax_extension* const extension = make_extension();
    return extension;
}

}  // namespace palabre::markup
