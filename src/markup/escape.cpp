// SPDX-License-Identifier: Apache-2.0
#include "markup/escape.hpp"

#include "markup/bare_links.hpp"
#include "markup/character_filter.hpp"
#include "markup/inline_syntax.hpp"

#include <cstddef>

namespace palabre::markup {

namespace {

bool is_one_of(char c, std::string_view set) noexcept {
    return set.find(c) != std::string_view::npos;
}

class word_escaper {
public:
    word_escaper(std::string_view words, const word_context& context)
        : words_(words), context_(context) {}

    std::string write() {
        if (context_.starts_line) write_line_start();
        while (at_ < words_.size())
            write_next();
        return std::move(out_);
    }

private:
    unsigned char byte(std::size_t at) const {
        return at < words_.size() ? static_cast<unsigned char>(words_[at]) : 0;
    }

    // Something follows of which nothing is known here.
    bool touches_unknown(std::size_t at) const {
        return at + 1 >= words_.size() && !context_.before_blank;
    }

    bool ends_word(std::size_t at) const { return at >= words_.size() || words_[at] == ' '; }

    // What would begin a block: a heading, a quote, a list item, a rule, a table, the underline of
    // a heading.
    void write_line_start() {
        if (context_.refer_first) return;
        const char first = words_.empty() ? ' ' : words_[0];
        if (is_one_of(first, ">=|#:") || (is_one_of(first, "-+") && !is_sign_of_number())) {
            return escape(first);
        }
        std::size_t digits = 0;
        while (is_ascii_digit(byte(digits)))
            ++digits;
        if (digits > 0 && digits <= 9 && (byte(digits) == '.' || byte(digits) == ')') &&
            ends_word(digits + 1)) {
            out_.append(words_.substr(0, digits));
            at_ = digits;
            escape(words_[digits]);
        }
    }

    bool is_sign_of_number() const { return is_ascii_digit(byte(1)); }

    void escape(char c) {
        out_ += '\\';
        out_ += c;
        ++at_;
    }

    void write_next() {
        const auto c = first_code_point(words_.substr(at_));
        const bool first = at_ == 0;
        const bool last = at_ + c.bytes >= words_.size();
        if ((first && context_.refer_first) || (last && context_.refer_last)) {
            out_ += "&#" + std::to_string(static_cast<std::uint32_t>(c.value)) + ";";
            at_ += c.bytes;
            return;
        }
        if (write_bare_link()) return;
        if (c.bytes == 1 && needs_escape(words_[at_])) return escape(words_[at_]);
        out_.append(words_.substr(at_, c.bytes));
        at_ += c.bytes;
    }

    bool needs_escape(char c) const {
        const auto next = written_after();
        switch (c) {
            case '*':
            case '`':
            case '[':
            case ']':
            case '~':
                return true;
            case '|':
                return context_.in_table;
            case '_':
                return !is_ascii_alphanumeric(written_before()) || !is_ascii_alphanumeric(next);
            case '\\':
                return at_ + 1 >= words_.size() || is_ascii_punctuation(next);
            case '<':
                return touches_unknown(at_) || is_ascii_letter(byte(at_ + 1)) || next == '/' ||
                       next == '!' || next == '?';
            case '&':
                return touches_unknown(at_) || is_ascii_alphanumeric(next) || next == '#';
            case '!':
                return touches_unknown(at_) || link_follows();
            default:
                return false;
        }
    }

    // The bytes that will stand on both sides of the present one, which is one byte itself. A
    // character reference begins with '&' and ends with ';'.
    unsigned char written_after() const {
        if (at_ + 1 >= words_.size()) return 0;
        if (link_follows()) return '<';
        const auto bytes = first_code_point(words_.substr(at_ + 1)).bytes;
        const bool referred = context_.refer_last && at_ + 1 + bytes == words_.size();
        return referred ? '&' : byte(at_ + 1);
    }

    unsigned char written_before() const {
        if (at_ == 0) return 0;
        return at_ == 1 && context_.refer_first ? ';' : byte(at_ - 1);
    }

    // A bare link will be written with a '<' or '[' that is not in the words.
    bool link_follows() const {
        return !context_.in_link && at_ + 1 < words_.size() &&
               bare_link_length(words_.substr(at_ + 1), words_[at_], brackets::part_of_url) > 0;
    }

    // Within a link an address is words, and escapes follow in it: the renderer must not see one.
    void part_prefix(std::string_view link) {
        const auto sign = link.find_first_of(":.");
        out_.append(link.substr(0, sign));
        at_ += sign;
        escape(words_[at_]);
    }

    bool write_bare_link() {
        const char before = at_ == 0 ? ' ' : static_cast<char>(written_before());
        const auto length = bare_link_length(words_.substr(at_), before, brackets::part_of_url);
        if (length == 0) return false;
        const auto link = words_.substr(at_, length);
        if (context_.in_link) {
            part_prefix(link);
            return true;
        }
        if (is_one_of(link[0], "wW")) {
            const word_context inside{.in_link = true, .in_table = context_.in_table};
            out_ += "[" + escape_words(link, inside) + "](http://" + write_target(link) + ")";
        } else if (link.find('&') == std::string_view::npos) {
            out_.append("<").append(link).append(">");
        } else {
            const word_context inside{.in_link = true, .in_table = context_.in_table};
            out_ += "[" + escape_words(link, inside) + "](" + write_target(link) + ")";
        }
        at_ += length;
        return true;
    }

    std::string_view words_;
    const word_context& context_;
    std::size_t at_ = 0;
    std::string out_;
};

}  // namespace

std::string escape_words(std::string_view words, const word_context& context) {
    return word_escaper(words, context).write();
}

}  // namespace palabre::markup
