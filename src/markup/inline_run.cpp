// SPDX-License-Identifier: Apache-2.0
#include "markup/inline_run.hpp"

#include "markup/character_filter.hpp"
#include "markup/escape.hpp"
#include "markup/inline_syntax.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>

namespace palabre::markup {

namespace {

std::string_view delimiter_of(span_kind kind) {
    switch (kind) {
        case span_kind::emphasis:
            return "_";
        case span_kind::strong:
            return "**";
        case span_kind::deleted:
            return "~~";
        case span_kind::link:
            return "";
    }
    return "";
}

// How a character at the edge of a span counts for Markdown's rules on delimiters. What is not
// known for certain is handled as either.
enum class character_class { word, punctuation, unknown };

character_class class_of(char32_t c) noexcept {
    if (is_ascii_alphanumeric(c)) return character_class::word;
    if (c < 0x80) return character_class::punctuation;
    const bool letter = (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7) ||
                        (c >= 0x400 && c <= 0x481) || (c >= 0x4E00 && c <= 0x9FFF);
    return letter ? character_class::word : character_class::unknown;
}

char32_t last_code_point(std::string_view text) noexcept {
    std::size_t start = text.size() - 1;
    while (start > 0 && (static_cast<unsigned char>(text[start]) & 0xC0) == 0x80)
        --start;
    return first_code_point(text.substr(start)).value;
}

}  // namespace

void inline_run::open(span opened) {
    known_.push_back(opened);
    open_.push_back(std::move(opened));
}

void inline_run::close() {
    open_.pop_back();
}

bool inline_run::is_inside(span_kind kind) const {
    return std::ranges::any_of(open_, [&](const span& s) { return s.kind == kind; });
}

std::vector<std::uint32_t> inline_run::open_ids() const {
    std::vector<std::uint32_t> ids;
    ids.reserve(open_.size());
    for (const auto& s : open_)
        ids.push_back(s.id);
    return ids;
}

void inline_run::add(atom_kind kind, std::string_view text) {
    // Two code spans that touch would be one with backticks inside.
    const bool continues =
        kind == atom_kind::words || kind == atom_kind::space || kind == atom_kind::code;
    auto ids = open_ids();
    if (continues && !atoms_.empty() && atoms_.back().kind == kind && atoms_.back().in == ids) {
        atoms_.back().text += text;
        return;
    }
    atoms_.push_back({kind, std::string(text), {}, std::move(ids)});
}

void inline_run::add_text(std::string_view words) {
    while (!words.empty()) {
        const auto c = first_code_point(words);
        const bool space = is_ascii_space(c.value) || is_wide_space(c.value);
        add(space ? atom_kind::space : atom_kind::words, words.substr(0, c.bytes));
        words.remove_prefix(c.bytes);
    }
}

void inline_run::add_text_with_breaks(std::string_view words) {
    while (true) {
        const auto end = words.find('\n');
        add_text(words.substr(0, end));
        if (end == std::string_view::npos) return;
        add(atom_kind::line_feed, "");
        words.remove_prefix(end + 1);
    }
}

void inline_run::add_line_break() {
    add(atom_kind::line_break, "");
}

void inline_run::add_code(std::string_view code, place where) {
    const auto collapsed = collapse_spaces(code);
    if (collapsed.empty()) return;
    // Code that touches this becomes one with it.
    const bool touches = !atoms_.empty() && atoms_.back().kind == atom_kind::code;
    const auto whole = (touches ? atoms_.back().text : std::string()) + collapsed;
    if (!can_be_code(whole, where, is_inside(span_kind::link))) return add_text(collapsed);
    add(atom_kind::code, collapsed);
}

void inline_run::add_image(std::string_view target, std::string_view alternative) {
    add(atom_kind::image, alternative);
    atoms_.back().target = target;
}

// Two breaks of a kind in a row are a new paragraph: Markdown has no empty lines within one. A line
// feed after <br> is the same break written twice.
std::vector<std::vector<inline_run::atom>> inline_run::split_paragraphs() const {
    std::vector<std::vector<atom>> paragraphs(1);
    std::size_t breaks = 0;
    std::size_t feeds = 0;
    std::string spaces;
    for (const auto& a : atoms_) {
        if (a.kind == atom_kind::line_break) ++breaks;
        if (a.kind == atom_kind::line_feed) ++feeds;
        if (a.kind == atom_kind::space) spaces += a.text;
        if (a.kind == atom_kind::line_break || a.kind == atom_kind::line_feed ||
            a.kind == atom_kind::space) {
            continue;
        }
        auto& current = paragraphs.back();
        if (!current.empty() && std::max(breaks, feeds) >= 2) {
            paragraphs.emplace_back();
        } else if (!current.empty() && (breaks > 0 || feeds > 0)) {
            current.push_back({atom_kind::line_break, {}, {}, {}});
        } else if (!current.empty() && !spaces.empty()) {
            current.push_back({atom_kind::space, collapse_spaces(spaces), {}, {}});
        }
        breaks = 0;
        feeds = 0;
        spaces.clear();
        paragraphs.back().push_back(a);
    }
    if (paragraphs.back().empty()) paragraphs.pop_back();
    return paragraphs;
}

// What is written one after the other: words to be escaped, ready Markdown, or a delimiter.
struct inline_run::piece {
    enum class sort : std::uint8_t { words, ready, opening, closing, space, line_break };
    sort kind;
    std::string text;
    span_kind delimiter = span_kind::link;
    bool in_link = false;
};

class inline_run::writer {
public:
    writer(const std::vector<span>& known, place where) : known_(known), where_(where) {}

    std::string write(std::vector<atom> atoms) {
        settle_spaces(atoms);
        const atom* before = nullptr;
        for (const auto& a : atoms) {
            change_spans(a.in, before == nullptr || is_blank(*before));
            add(a);
            before = &a;
        }
        close_down_to(0);
        return print();
    }

private:
    static bool is_blank(const atom& a) {
        return a.kind == atom_kind::space || a.kind == atom_kind::line_break;
    }

    const span& find(std::uint32_t id) const { return *std::ranges::find(known_, id, &span::id); }

    // White space belongs to the spans that the words on both sides share.
    static void settle_spaces(std::vector<atom>& atoms) {
        for (std::size_t i = 1; i + 1 < atoms.size(); ++i) {
            if (!is_blank(atoms[i])) continue;
            const auto& left = atoms[i - 1].in;
            const auto& right = atoms[i + 1].in;
            const auto same = std::ranges::mismatch(left, right);
            atoms[i].in.assign(left.begin(), same.in1);
        }
    }

    // Words that touch, in two spans of one kind, are written as in one: "**a****b**" would not be
    // two spans.
    void change_spans(const std::vector<std::uint32_t>& wanted, bool after_blank) {
        std::size_t same = 0;
        while (same < stack_.size() && same < wanted.size()) {
            const auto kind = find(wanted[same]).kind;
            const bool merges =
                !after_blank && kind != span_kind::link && find(stack_[same]).kind == kind;
            if (stack_[same] != wanted[same] && !merges) break;
            stack_[same] = wanted[same];
            ++same;
        }
        close_down_to(same);
        for (; same < wanted.size(); ++same) {
            stack_.push_back(wanted[same]);
            const auto& opened = find(wanted[same]);
            const bool link = opened.kind == span_kind::link;
            links_ += link ? 1 : 0;
            pieces_.push_back(
                {piece::sort::opening,
                 link ? "[" : std::string(delimiter_of(opened.kind)),
                 opened.kind,
                 false}
            );
        }
    }

    void close_down_to(std::size_t depth) {
        while (stack_.size() > depth) {
            const auto& closed = find(stack_.back());
            std::string text(delimiter_of(closed.kind));
            if (closed.kind == span_kind::link) {
                --links_;
                text = "](" + write_target(closed.target) +
                       (closed.title.empty() ? "" : write_title(closed.title)) + ")";
            }
            pieces_.push_back({piece::sort::closing, std::move(text), closed.kind, false});
            stack_.pop_back();
        }
    }

    void add(const atom& a) {
        const bool in_link = links_ > 0;
        switch (a.kind) {
            case atom_kind::words:
                pieces_.push_back({piece::sort::words, a.text, span_kind::link, in_link});
                break;
            case atom_kind::code:
                pieces_.push_back({piece::sort::ready, write_code(a.text, where_)});
                break;
            case atom_kind::image: {
                const word_context inside{.in_link = true, .in_table = where_ == place::table_cell};
                pieces_.push_back(
                    {piece::sort::ready,
                     "![" + escape_words(collapse_spaces(a.text), inside) + "](" +
                         write_target(a.target) + ")"}
                );
                break;
            }
            case atom_kind::space:
                pieces_.push_back({piece::sort::space, a.text});
                break;
            case atom_kind::line_break:
            case atom_kind::line_feed:
                pieces_.push_back(
                    where_ == place::table_cell ? piece{piece::sort::space, " "}
                                                : piece{piece::sort::line_break, "\n"}
                );
                break;
        }
    }

    bool is_delimiter(std::size_t i) const {
        const auto& p = pieces_[i];
        return (p.kind == piece::sort::opening || p.kind == piece::sort::closing) &&
               p.delimiter != span_kind::link;
    }

    // Whether words that touch a delimiter from outside must be kept from it. `inner` is the piece
    // on the delimiter's other side. That is for a delimiter alone; between words, several in a row
    // always need it: cmark looks past "~~" for the character that it judges "_" and "**" by.
    static bool must_part(
        span_kind delimiter, const piece& inner, char32_t edge_inside, char32_t edge_outside
    ) {
        const auto outside = class_of(edge_outside);
        if (outside == character_class::punctuation) return false;
        if (delimiter == span_kind::emphasis) return true;
        // A bare link is written in angle brackets. A single character may have to be a reference
        // for the sake of a delimiter on its other side.
        const bool plain = inner.kind == piece::sort::words &&
                           first_code_point(inner.text).bytes < inner.text.size() &&
                           inner.text.find("://") == std::string::npos &&
                           inner.text.find("www.") == std::string::npos;
        return !plain || class_of(edge_inside) != character_class::word;
    }

    bool is_blank_at(std::size_t i) const {
        return i >= pieces_.size() || pieces_[i].kind == piece::sort::space ||
               pieces_[i].kind == piece::sort::line_break;
    }

    // Whether the words at `i` must be kept from the delimiters before them.
    bool parts_at_start(std::size_t i) const {
        std::size_t first = i;
        while (first > 0 && is_delimiter(first - 1))
            --first;
        if (first == i || first == 0 || is_blank_at(first - 1)) return false;
        const auto edge = first_code_point(pieces_[i].text).value;
        if (i - first > 1) return class_of(edge) != character_class::punctuation;
        if (pieces_[first].kind != piece::sort::closing) return false;
        const auto& inner = pieces_[first - 1];
        return must_part(pieces_[first].delimiter, inner, last_code_point(inner.text), edge);
    }

    // And from those after them.
    bool parts_at_end(std::size_t i) const {
        std::size_t last = i;
        while (last + 1 < pieces_.size() && is_delimiter(last + 1))
            ++last;
        if (last == i || is_blank_at(last + 1)) return false;
        const auto edge = last_code_point(pieces_[i].text);
        if (last - i > 1) return class_of(edge) != character_class::punctuation;
        if (pieces_[last].kind != piece::sort::opening) return false;
        const auto& inner = pieces_[last + 1];
        return must_part(pieces_[last].delimiter, inner, first_code_point(inner.text).value, edge);
    }

    std::string print() const {
        std::string out;
        for (std::size_t i = 0; i < pieces_.size(); ++i) {
            const auto& p = pieces_[i];
            if (p.kind != piece::sort::words) {
                out += p.text;
                continue;
            }
            out += escape_words(
                p.text,
                {.starts_line = where_ == place::paragraph && (out.empty() || out.back() == '\n'),
                 .before_blank = i + 1 == pieces_.size() ||
                                 pieces_[i + 1].kind == piece::sort::space ||
                                 pieces_[i + 1].kind == piece::sort::line_break,
                 .in_link = p.in_link,
                 .in_table = where_ == place::table_cell,
                 .refer_first = parts_at_start(i),
                 .refer_last = parts_at_end(i)}
            );
        }
        return out;
    }

    const std::vector<span>& known_;
    place where_;
    std::vector<std::uint32_t> stack_;
    std::vector<piece> pieces_;
    int links_ = 0;
};

std::vector<std::string> inline_run::take_paragraphs(place where) {
    std::vector<std::string> paragraphs;
    auto split = split_paragraphs();
    if (where == place::table_cell && split.size() > 1) {
        for (std::size_t i = 1; i < split.size(); ++i) {
            split[0].push_back({atom_kind::space, " ", {}, {}});
            std::ranges::move(split[i], std::back_inserter(split[0]));
        }
        split.resize(1);
    }
    paragraphs.reserve(split.size());
    for (auto& atoms : split)
        paragraphs.push_back(writer(known_, where).write(std::move(atoms)));
    atoms_.clear();
    known_ = open_;
    return paragraphs;
}

}  // namespace palabre::markup
