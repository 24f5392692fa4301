// SPDX-License-Identifier: Apache-2.0
#include "cli/keys_command.hpp"

#include "config/text_rules.hpp"
#include "core/text.hpp"
#include "home/machine/open_store.hpp"
#include "service/keys.hpp"
#include "system/random_bytes.hpp"
#include "system/system_clock.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdio>
#include <stdexcept>

namespace palabre::cli {
namespace {

constexpr const char* keys_help =
    R"(A key opens the API for who sends it as x-api-key. Roles: "site" may post, and stands in the source of
a page where everybody can read it; "moderator" may decide about comments; "admin" may do everything. The key
is shown once: only its hash is kept. Works while the server runs, and at once.

Examples:
  palabre keys add "my blog" --origin https://blog.example
  palabre keys add anna --role moderator
  palabre keys add importer --per-minute 60 --per-day 5000
  palabre keys list
  palabre keys revoke 7k3v9x2m8q)";

std::string limits_of(const api_key& key) {
    std::string text;
    if (key.posts_per_minute > 0) text += fmt::format("{}/min ", key.posts_per_minute);
    if (key.posts_per_day > 0) text += fmt::format("{}/day", key.posts_per_day);
    return text.empty() ? "-" : text;
}

void warn_of_unlisted(const std::vector<std::string>& origins, const config::settings& settings) {
    for (const auto& origin : origins) {
        const auto& listed = settings.comments.allowed_origins;
        if (std::ranges::find(listed, origin) != listed.end()) continue;
        fmt::print(
            stderr,
            "palabre: {0} is not in allowed_origins of [comments]. If that is not the site which "
            "this "
            "server serves, add it there too: browsers ask before they send a key.\n",
            origin
        );
    }
}

}  // namespace

keys_command::keys_command(CLI::App& program, std::string& config) {
    all_ = program.add_subcommand("keys", "Give out and take back keys for the API");
    all_->require_subcommand(1);
    all_->footer(keys_help);
    const auto word = [&](const char* name, const char* what) {
        auto* made = all_->add_subcommand(name, what);
        made->add_option("--config", config, "Settings file (TOML)")->type_name("FILE");
        return made;
    };
    add_ = word("add", "Make a key, and show it this once");
    add_->add_option("name", name_, "Whose it is, for lists and the audit")
        ->required()
        ->type_name("NAME");
    add_->add_option("--role", role_, "site, moderator or admin")
        ->check(CLI::IsMember({"site", "moderator", "admin"}))
        ->type_name("ROLE");
    add_->add_option("--origin", origins_, "Pages that may use it, as https://blog.example; repeat")
        ->type_name("ORIGIN");
    add_->add_option("--per-minute", per_minute_, "Posts in a minute at most")->type_name("N");
    add_->add_option("--per-day", per_day_, "Posts in a day (UTC) at most")->type_name("N");
    list_ = word("list", "Show all keys, without their secrets");
    revoke_ = word("revoke", "Take a key back for good");
    revoke_->add_option("id", id_, "As `palabre keys list` shows it")->required()->type_name("ID");
}

bool keys_command::chosen() const {
    return all_->parsed();
}

exit_code keys_command::run(const chosen_settings& settings) {
    if (*add_) return add(settings);
    if (*list_) return list(settings);
    return revoke(settings);
}

exit_code keys_command::add(const chosen_settings& settings) const {
    api_key wanted;
    wanted.name = std::string(trim(name_));
    if (wanted.name.empty() || count_characters(wanted.name) > key_name_characters_max ||
        find_text_problem(wanted.name, line_breaks::forbidden)) {
        throw std::runtime_error(
            fmt::format("give the key a name of 1 to {} characters", key_name_characters_max)
        );
    }
    for (const auto& origin : origins_) {
        if (!config::is_origin(origin)) {
            throw std::runtime_error(fmt::format(
                "{} is no origin: write scheme and host as browsers send them, such as "
                "https://blog.example, without a path",
                origin
            ));
        }
    }
    const system_clock wall;
    wanted.may = parse_role(role_).value_or(role::site);
    wanted.origins = origins_;
    wanted.posts_per_minute = per_minute_;
    wanted.posts_per_day = per_day_;
    wanted.made_at = wall.now();
    const auto issued = issue_key(wanted, random_bytes(key_entropy_bytes));
    machine::open_store(settings.settings, wall, nullptr)->add_key(issued.stored);
    warn_of_unlisted(origins_, settings.settings);
    fmt::print(
        stderr, "This is the key; it cannot be shown again. Its id is {}.\n", issued.stored.id
    );
    fmt::print("{}\n", issued.text);
    return exit_code::fine;
}

exit_code keys_command::list(const chosen_settings& settings) {
    const system_clock wall;
    const auto keys = machine::open_store(settings.settings, wall, nullptr)->list_keys();
    if (keys.empty()) {
        fmt::print(stderr, "There are no keys. `palabre keys add NAME` makes one.\n");
        return exit_code::fine;
    }
    fmt::print("{:<10}  {:<9}  {:<20}  {:<20}  {}\n", "id", "role", "made", "limits", "name");
    for (const auto& key : keys) {
        fmt::print(
            "{:<10}  {:<9}  {:.19}Z  {:<20}  {}{}{}\n",
            key.id,
            name_of(key.may),
            to_rfc3339(key.made_at),
            limits_of(key),
            key.name,
            key.origins.empty() ? "" : fmt::format("  for {}", fmt::join(key.origins, ", ")),
            key.revoked_at ? fmt::format("  REVOKED {:.10}", to_rfc3339(*key.revoked_at)) : ""
        );
    }
    return exit_code::fine;
}

exit_code keys_command::revoke(const chosen_settings& settings) const {
    const system_clock wall;
    if (!machine::open_store(settings.settings, wall, nullptr)->revoke_key(id_, wall.now())) {
        throw std::runtime_error(
            fmt::format("there is no key with the id {}: see `palabre keys list`", id_)
        );
    }
    fmt::print(stderr, "The key {} opens nothing any more.\n", id_);
    return exit_code::fine;
}

}  // namespace palabre::cli
