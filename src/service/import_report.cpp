// SPDX-License-Identifier: Apache-2.0
#include "service/import_report.hpp"

#include "service/one_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>

namespace palabre {

namespace {

// Sections shown by name; the rest is counted. A screen holds this many.
constexpr std::size_t sections_shown_max = 20;

// Of an address that may be long or hostile.
constexpr std::size_t address_shown_max = 200;

// "1 comment", "2 comments".
std::string counted(std::uint64_t number, std::string_view one, std::string_view several) {
    return fmt::format("{} {}", number, number == 1 ? one : several);
}

struct line {
    std::uint64_t number;
    std::string_view one;
    std::string_view several;
};

// A line for each number that is not 0.
std::string to_lines(std::initializer_list<line> lines) {
    std::string out;
    for (const auto& each : lines) {
        if (each.number > 0)
            out += fmt::format("  {}\n", counted(each.number, each.one, each.several));
    }
    return out;
}

std::string to_text(const std::vector<imported_section>& sections) {
    if (sections.empty()) return "No comment to import was found.\n";
    auto out = fmt::format("Comments per page ({}):\n", counted(sections.size(), "page", "pages"));
    for (std::size_t i = 0; i < std::min(sections.size(), sections_shown_max); ++i)
        out += fmt::format("{:>7}  {}\n", sections[i].comments, sections[i].section);
    if (sections.size() > sections_shown_max)
        out += fmt::format("    ...  and {} more\n", sections.size() - sections_shown_max);
    return out;
}

std::string with_title(std::string_view title, const std::string& lines) {
    return lines.empty() ? std::string() : fmt::format("{}\n{}", title, lines);
}

}  // namespace

std::string to_text(const import_report& report) {
    auto out = fmt::format(
        "Read {} from a {} export: {} added, {} there already.\n",
        counted(report.read, "entry", "entries"),
        report.engine,
        report.added,
        report.already_there
    );
    if (report.held > 0)
        out += fmt::format(
            "Of these, {} a moderator, as before.\n", counted(report.held, "awaits", "await")
        );
    const auto& skipped = report.skipped;
    out += with_title(
        "Left out:",
        to_lines({
            {skipped.pingbacks, "pingback", "pingbacks"},
            {skipped.trackbacks, "trackback", "trackbacks"},
            {skipped.spam, "spam", "spams"},
            {skipped.deleted, "deleted comment", "deleted comments"},
            {skipped.orphans, "comment without a page", "comments without a page"},
            {skipped.other, "entry of another kind", "entries of another kind"},
            {report.empty_texts, "empty comment", "empty comments"},
            {report.duplicates, "comment that came twice", "comments that came twice"},
            {report.bad_pages,
             "comment of a page with an unusable address",
             "comments of pages with an unusable address"},
        })
    );
    if (report.bad_pages > 0)
        out += fmt::format(
            "    the first such address: \"{}\"\n",
            shorten(clean_line(report.first_bad_page), address_shown_max)
        );
    out += with_title(
        "Good to know:",
        to_lines({
            {report.long_texts,
             "text longer than the limit, kept whole",
             "texts longer than the limit, kept whole"},
            {report.cut_authors, "name cut at the limit", "names cut at the limit"},
            {report.unnamed_authors,
             "author without a name, shown as \"Anonyme\"",
             "authors without a name, shown as \"Anonyme\""},
            {report.dropped_websites,
             "website dropped: no http(s) address, or too long",
             "websites dropped: no http(s) address, or too long"},
            {report.moved_replies,
             "reply attached to an earlier comment, or to none",
             "replies attached to an earlier comment, or to none"},
        })
    );
    return out + to_text(report.sections);
}

}  // namespace palabre
