// SPDX-License-Identifier: Apache-2.0
#include "cli/moderate_command.hpp"

#include "home/machine/open_store.hpp"
#include "service/moderate_comments.hpp"
#include "service/one_line.hpp"
#include "system/random_ids.hpp"
#include "system/system_clock.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <optional>
#include <stdexcept>
#include <utility>

namespace palabre::cli {
namespace {

constexpr const char* moderate_help =
    R"(Every decision is written into the audit with your name. To delete takes the words away for good;
a comment that has replies leaves a mark in its place.

Examples:
  palabre moderate list
  palabre moderate show 01a2045c-7d60-7000-8000-000000000001
  palabre moderate publish 01a2045c-7d60-7000-8000-000000000001 --note "a friend"
  palabre moderate spam --all held --section /blog/casino
  palabre moderate close /blog/casino
  palabre moderate audit)";

// As many characters of a comment as fit beside its id on a usual terminal.
constexpr std::size_t shown_characters = 60;

constexpr std::size_t list_limit_max = 1000;

std::optional<std::string> unless_empty(const std::string& text) {
    if (text.empty()) return std::nullopt;
    return text;
}

std::string who_sits_here() {
    const passwd* entry = ::getpwuid(::getuid());
    return "terminal:" + (entry != nullptr ? entry->pw_name : std::to_string(::getuid()));
}

// The outcome, or its failure as an exception: a terminal has no fields to show it beside.
template <class value>
value take(result<value> outcome) {
    if (!outcome) throw std::runtime_error(outcome.error().detail);
    return std::move(*outcome);
}

void print_line(const comment& one) {
    fmt::print(
        "{}  {:.16}  {}  {}: {}\n",
        to_string(one.id),
        to_rfc3339(one.at),
        one.section,
        shorten(clean_line(one.author), shown_characters),
        shorten(clean_line(one.text), shown_characters)
    );
    if (!one.held_because.empty()) fmt::print("    held: {}\n", one.held_because);
}

void print_entry(const audit_entry& entry) {
    fmt::print(
        "{:.19}Z  {:<8}  {}  {}  by {}{}\n",
        to_rfc3339(entry.at),
        name_of(entry.what),
        entry.section,
        entry.about ? to_string(*entry.about) : "-",
        entry.by,
        entry.note.empty() ? "" : "  (" + entry.note + ")"
    );
}

}  // namespace

moderate_command::moderate_command(CLI::App& program, std::string& config) {
    all_ = program.add_subcommand("moderate", "Read and decide about comments in the terminal");
    all_->require_subcommand(1);
    all_->footer(moderate_help);
    add_reading(*all_);
    add_deciding(*all_);
    for (auto* word : all_->get_subcommands({})) {
        word->add_option("--config", config, "Settings file (TOML)")->type_name("FILE");
    }
}

void moderate_command::add_reading(CLI::App& to) {
    list_ = to.add_subcommand("list", "Comments in one state, newest first");
    list_->add_option("--status", status_, "held, published, rejected or spam")
        ->type_name("STATUS");
    show_ = to.add_subcommand("show", "One comment in full, and what was decided about it");
    show_->add_option("id", ids_, "Its id")->required()->expected(1)->type_name("ID");
    audit_ = to.add_subcommand("audit", "Who decided what and when, newest first");
    for (auto* word : {list_, audit_}) {
        word->add_option("--limit", limit_, "How many at most")
            ->check(CLI::Range(std::size_t{1}, list_limit_max))
            ->type_name("N");
        word->add_option("--cursor", cursor_, "Go on where an earlier list ended")
            ->type_name("CURSOR");
    }
    list_->add_option("--section", section_, "Of this section only")->type_name("ID");
}

void moderate_command::add_deciding(CLI::App& to) {
    const std::pair<const char*, const char*> words[] = {
        {"publish", "Show comments to everybody"},
        {"reject", "Show them to nobody"},
        {"spam", "Show them to nobody, and call them spam"},
        {"delete", "Take their words away for good"},
    };
    for (const auto& [name, what] : words) {
        auto* word = to.add_subcommand(name, what);
        word->add_option("ids", ids_, "Their ids")->type_name("ID");
        word->add_option("--all", all_of_, "All in a state: held, published, rejected or spam")
            ->type_name("STATUS");
        word->add_option("--section", section_, "With --all: of this section only")
            ->type_name("ID");
        word->add_option("--note", note_, "For the audit, in one line")->type_name("TEXT");
        decisions_.push_back(word);
    }
    close_ = to.add_subcommand("close", "Take no more comments in a section");
    reopen_ = to.add_subcommand("reopen", "Take comments in it again");
    for (auto* word : {close_, reopen_}) {
        word->add_option("section", section_, "The section's id")->required()->type_name("ID");
        word->add_option("--note", note_, "For the audit, in one line")->type_name("TEXT");
    }
}

bool moderate_command::chosen() const {
    return all_->parsed();
}

exit_code moderate_command::run(const chosen_settings& settings) {
    const system_clock wall;
    random_ids ids;
    const auto store = machine::open_store(settings.settings, wall, nullptr);
    moderate_comments moderate({*store, *store, wall, ids});
    if (*list_) return list(moderate);
    if (*show_) return show(moderate);
    if (*audit_) return audit(moderate);
    if (*close_ || *reopen_) return set_closed(moderate, close_->parsed());
    const auto word = std::ranges::find_if(decisions_, [](auto* each) { return each->parsed(); });
    return decide(moderate, (*word)->get_name());
}

exit_code moderate_command::list(moderate_comments& moderate) const {
    const auto found =
        take(moderate.list({status_, unless_empty(section_), unless_empty(cursor_), limit_}));
    for (const comment& one : found.comments)
        print_line(one);
    if (found.comments.empty()) fmt::print(stderr, "No comment is {}.\n", status_);
    if (found.next_cursor) fmt::print(stderr, "More: --cursor {}\n", *found.next_cursor);
    return exit_code::fine;
}

exit_code moderate_command::show(moderate_comments& moderate) const {
    const auto found = take(moderate.show(ids_.front()));
    const comment& one = found.about;
    fmt::print("id       {}\nsection  {}\n", to_string(one.id), one.section);
    fmt::print("at       {}\nstatus   {}\n", to_rfc3339(one.at), name_of(one.state));
    if (!one.held_because.empty()) fmt::print("held     {}\n", one.held_because);
    if (one.parent) fmt::print("answers  {}\n", to_string(*one.parent));
    fmt::print("author   {}\n", one.author);
    if (one.website) fmt::print("website  {}\n", *one.website);
    fmt::print("\n{}\n\n", one.text);
    for (const audit_entry& entry : found.entries)
        print_entry(entry);
    return exit_code::fine;
}

exit_code moderate_command::audit(moderate_comments& moderate) const {
    const auto found = take(moderate.list_audit(unless_empty(cursor_), limit_));
    for (const audit_entry& entry : found.entries)
        print_entry(entry);
    if (found.next_cursor) fmt::print(stderr, "More: --cursor {}\n", *found.next_cursor);
    return exit_code::fine;
}

std::vector<std::string> moderate_command::ids_in_state(moderate_comments& moderate) const {
    std::vector<std::string> ids;
    std::optional<std::string> cursor;
    do {
        const auto found =
            take(moderate.list({all_of_, unless_empty(section_), cursor, decisions_max}));
        for (const comment& one : found.comments)
            ids.push_back(to_string(one.id));
        cursor = found.next_cursor;
    } while (cursor);
    return ids;
}

exit_code moderate_command::decide(moderate_comments& moderate, const std::string& decision) {
    if (ids_.empty() == all_of_.empty()) {
        throw std::runtime_error("name comments by their ids, or --all and a status");
    }
    const auto wanted = all_of_.empty() ? ids_ : ids_in_state(moderate);
    std::size_t done = 0;
    for (std::size_t at = 0; at < wanted.size(); at += decisions_max) {
        const auto end = std::min(at + decisions_max, wanted.size());
        const std::vector<std::string> part(
            wanted.begin() + static_cast<std::ptrdiff_t>(at),
            wanted.begin() + static_cast<std::ptrdiff_t>(end)
        );
        for (const auto& outcome :
             take(moderate.decide({part, decision, note_, who_sits_here()}))) {
            if (outcome.done) {
                ++done;
            } else {
                fmt::print(stderr, "palabre: there is no comment {}\n", outcome.id);
            }
        }
    }
    fmt::print("{} of {}: {}\n", done, wanted.size(), decision);
    return done == wanted.size() ? exit_code::fine : exit_code::failed;
}

exit_code moderate_command::set_closed(moderate_comments& moderate, bool closed) const {
    const auto section = take(moderate.set_closed({section_, closed, note_, who_sits_here()}));
    fmt::print("{} is {}.\n", section, closed ? "closed" : "open");
    return exit_code::fine;
}

}  // namespace palabre::cli
