// SPDX-License-Identifier: Apache-2.0
#include "cli/move_command.hpp"

#include "cli/progress.hpp"
#include "config/text_rules.hpp"
#include "service/move_records.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cstdio>
#include <stdexcept>

namespace palabre::cli {
namespace {

constexpr const char* move_help =
    R"(Takes everything along: comments in every state, decisions about them, closed sections and API keys. Nothing is
changed where it comes from. What was moved is read back and compared before it is called done. A move
that was interrupted goes on where it stopped, when it is started again in the same words.

A home is written as sqlite:FOLDER, the data folder of a server, or dynamodb:TABLE; region, keys and address of
AWS come from its usual variables. Stop the server first: what is posted meanwhile would stay behind.
The folder is made when it is not there, and the table with --create-table; both must be empty.

Examples:
  palabre move --from sqlite:data --to dynamodb:CommentairesAlternance
  palabre move --from sqlite:data --to dynamodb:test --create-table
  palabre move --from dynamodb:CommentairesAlternance --to sqlite:data)";

std::string check_end(const std::string& text) {
    const auto end = machine::parse_move_end(text);
    if (!end) return "write sqlite:FOLDER or dynamodb:TABLE, not " + text;
    if (end->of == machine::move_end::kind::dynamodb && !config::is_table_name(end->name)) {
        return fmt::format("{} is no name of a table; {}", end->name, config::a_table_name);
    }
    return {};
}

// The parser has let only ends through that can be read.
machine::move_end end_of(const std::string& text) {
    auto end = machine::parse_move_end(text);
    if (!end) throw std::runtime_error(check_end(text));
    return *std::move(end);
}

std::string counted(std::uint64_t count, std::string_view one, std::string_view many) {
    return fmt::format("{} {}", count, count == 1 ? one : many);
}

std::string describe(const record_tally& moved) {
    return fmt::format(
        "{}, {}, {} and {}",
        counted(moved.comments, "comment", "comments"),
        counted(moved.audit_entries, "audit entry", "audit entries"),
        counted(moved.keys, "key", "keys"),
        counted(moved.closed_sections, "closed section", "closed sections")
    );
}

record_tally move_and_verify(
    record_source& from, machine::home_to_enter& into, const std::string& style
) {
    progress_display display(progress_style_of(style));
    const auto watch = [&](const move_progress& now) {
        const bool moving = now.at == move_progress::stage::moving;
        display.show({moving ? "Moving" : "Checking", now.comments, now.comments_total});
    };
    const auto sent = move_records(from, into.sink(), watch);
    if (const auto difference = difference_between(sent, tally_of(into.made(), watch))) {
        throw std::runtime_error(fmt::format(
            "{}. Something wrote to one of the two meanwhile, or an interrupted move was taken up "
            "after comments had changed: empty the new home and move again",
            *difference
        ));
    }
    return sent;
}

}  // namespace

move_command::move_command(CLI::App& program) {
    word_ = program.add_subcommand("move", "Move everything from one home to another");
    word_->footer(move_help);
    word_->add_option("--from", from_, "Where it is")
        ->required()
        ->check(check_end)
        ->type_name("HOME");
    word_->add_option("--to", to_, "Where it goes")
        ->required()
        ->check(check_end)
        ->type_name("HOME");
    word_->add_flag("--create-table", create_table_, "Make the table when it is not there");
    word_->add_option("--progress", progress_, "auto, plain (lines) or none")
        ->check(CLI::IsMember({"auto", "plain", "none"}))
        ->type_name("HOW");
}

bool move_command::chosen() const {
    return word_->parsed();
}

exit_code move_command::run(const chosen_settings& /*settings*/) {
    if (from_ == to_) throw std::runtime_error("--from and --to name the same home");
    try {
        const auto from = machine::leave_home(end_of(from_));
        const auto into = machine::enter_home(
            end_of(to_),
            create_table_ ? machine::missing_table::is_made : machine::missing_table::is_refused
        );
        if (const auto last = into->sink().has_up_to()) {
            fmt::print(stderr, "Going on after comment {}.\n", to_string(*last));
        }
        const auto moved = move_and_verify(from->records(), *into, progress_);
        into->open_up();
        fmt::print("Moved {} from {} to {}.\n", describe(moved), from_, to_);
        fmt::print("All of it was read back there, and is the same.\n");
        return exit_code::fine;
    } catch (const std::exception& error) {
        throw std::runtime_error(fmt::format("the move is not done: {}.", error.what()));
    }
}

}  // namespace palabre::cli
