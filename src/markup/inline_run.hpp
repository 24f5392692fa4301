// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace palabre::markup {

enum class span_kind : std::uint8_t { emphasis, strong, deleted, link };

// A span that words stand in. Two spans are the same when their ids are.
struct span {
    span_kind kind = span_kind::emphasis;
    std::uint32_t id = 0;
    std::string target;  // of a link: where it leads
    std::string title;   // of a link
};

enum class place { paragraph, table_cell };

// Collects the words of a paragraph with the spans they stand in, and writes them as Markdown that
// reads back as the same words in the same spans. HTML lets a span start and end anywhere, Markdown
// only where words do: white space is moved out of the ends of spans, and a letter that touches a
// delimiter it must not touch is written as a character reference.
// All text given to it is valid UTF-8 without control characters other than tab and line feed.
class inline_run {
public:
    // Innermost last. At most one span of each kind at a time: more would not be seen.
    void open(span opened);
    void close();

    void add_text(std::string_view words);              // white space is collapsed, as HTML does
    void add_text_with_breaks(std::string_view words);  // line feeds are breaks
    void add_line_break();
    void add_code(std::string_view code, place where);  // as words where code cannot stand
    void add_image(std::string_view target, std::string_view alternative);

    [[nodiscard]] bool is_inside(span_kind kind) const;

    // The paragraphs collected so far; starts anew, inside the same open spans. A table cell gives
    // one line at most.
    [[nodiscard]] std::vector<std::string> take_paragraphs(place where);

private:
    enum class atom_kind : std::uint8_t { words, code, image, space, line_break, line_feed };

    struct atom {
        atom_kind kind;
        std::string text;
        std::string target;             // of an image
        std::vector<std::uint32_t> in;  // ids of its spans, outermost first
    };

    struct piece;
    class writer;

    void add(atom_kind kind, std::string_view text);
    [[nodiscard]] std::vector<std::uint32_t> open_ids() const;
    [[nodiscard]] std::vector<std::vector<atom>> split_paragraphs() const;

    std::vector<span> open_;
    std::vector<span> known_;  // every span since the last take, to be found by id
    std::vector<atom> atoms_;
};

}  // namespace palabre::markup
