// SPDX-License-Identifier: Apache-2.0
#include "markup/inline_syntax.hpp"

#include "markup/character_filter.hpp"

#include <algorithm>
#include <cstddef>

namespace palabre::markup {

namespace {

std::size_t longest_run_of_backticks(std::string_view code) {
    std::size_t longest = 0;
    std::size_t run = 0;
    for (const char c : code) {
        run = c == '`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    return longest;
}

}  // namespace

std::string write_target(std::string_view url) {
    std::string written;
    for (std::size_t i = 0; i < url.size(); ++i) {
        const char c = url[i];
        const auto next = i + 1 < url.size() ? static_cast<unsigned char>(url[i + 1]) : 0U;
        switch (c) {
            case ' ':
                written += "%20";
                break;
            case '\t':
                written += "%09";
                break;
            case '\n':
                written += "%0A";
                break;
            case '<':
                written += "%3C";
                break;
            case '>':
                written += "%3E";
                break;
            case '\\':
                written += "%5C";
                break;
            case '`':
                written += "%60";
                break;
            case '|':
                written += "%7C";
                break;
            case '(':
            case ')':
                written.append("\\").append(1, c);
                break;
            case '&':
                written += is_ascii_alphanumeric(next) || next == '#' ? "\\&" : "&";
                break;
            default:
                written += c;
        }
    }
    return written;
}

std::string write_title(std::string_view title) {
    std::string written = " \"";
    for (const char c : title) {
        if (c == '"' || c == '\\' || c == '&') written += '\\';
        written += is_ascii_space(static_cast<unsigned char>(c)) ? ' ' : c;
    }
    return written + "\"";
}

bool can_be_code(std::string_view code, place where, bool in_link) {
    return !(where == place::table_cell && code.find("\\|") != code.npos) &&
           !(in_link && code.find("]:") != code.npos);
}

std::string write_code(std::string_view code, place where) {
    std::string inside;
    for (const char c : code) {
        if (c == '|' && where == place::table_cell) inside += '\\';
        inside += c;
    }
    const bool padded = code.front() == '`' || code.back() == '`' ||
                        (code.front() == ' ' && code.back() == ' ' &&
                         code.find_first_not_of(' ') != std::string_view::npos);
    const std::string fence(longest_run_of_backticks(code) + 1, '`');
    const std::string_view pad = padded ? " " : "";
    return fence + std::string(pad) + inside + std::string(pad) + fence;
}

std::string collapse_spaces(std::string_view space) {
    std::string collapsed;
    for (const char c : space) {
        const bool ascii = is_ascii_space(static_cast<unsigned char>(c));
        if (!ascii) collapsed += c;
        if (ascii && (collapsed.empty() || collapsed.back() != ' ')) collapsed += ' ';
    }
    return collapsed;
}

}  // namespace palabre::markup
