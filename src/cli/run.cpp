// SPDX-License-Identifier: Apache-2.0
#include "cli/run.hpp"

#include "cli/backup_command.hpp"
#include "cli/check_config.hpp"
#include "cli/doctor_command.hpp"
#include "cli/exit_code.hpp"
#include "cli/import_command.hpp"
#include "cli/keys_command.hpp"
#include "cli/moderate_command.hpp"
#include "cli/move_command.hpp"
#include "cli/show_config.hpp"
#include "util/version.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <memory>
#include <string>
#include <vector>

namespace palabre::cli {
namespace {

constexpr const char* examples = R"(Examples:
  palabre serve                          serve the folder "site" and its comments on port 8080
  palabre serve --config /etc/palabre/palabre.toml
  palabre config check                   is palabre.toml right, and what will be served where?
  palabre config show > palabre.toml     a settings file to begin with
  palabre import wordpress export.xml    bring comments along
  palabre import disqus export.xml.gz --json report.json
  palabre keys add "my blog" --origin https://blog.example     let a page post comments
  palabre moderate list                  what awaits a moderator
  palabre backup make --folder /mnt/backups
  palabre restore latest --folder /mnt/backups
  palabre move --from sqlite:data --to dynamodb:CommentairesAlternance
  palabre doctor                         is everything well on this machine?

Settings come from the file given by --config, or by PALABRE_CONFIG, or palabre.toml in this folder;
each can be overridden by a variable such as PALABRE_SERVER_HTTP=127.0.0.1:9000.
Exit codes: 0 fine, 1 something failed, 2 wrong command line or settings.)";

constexpr const char* serve_help =
    R"(SIGINT (Ctrl-C) and SIGTERM let requests under way finish; a second one ends at once. SIGHUP
opens certificates, the folder of the site and the log file again.)";

constexpr const char* config_help = R"(Examples:
  palabre config check                   with palabre.toml, if it is in this folder
  palabre config check --config /etc/palabre/palabre.toml
  palabre config show > palabre.toml     a settings file to begin with)";

struct command_line {
    CLI::App app{"Palabre: comments for static sites, on a machine of your own.", "palabre"};
    std::string config;

    CLI::App* serve = nullptr;
    CLI::App* check = nullptr;
    CLI::App* show = nullptr;
    std::vector<std::unique_ptr<command>> commands;

    command_line() {
        app.require_subcommand(1);
        app.set_version_flag("--version", "palabre " + version());
        app.footer(examples);
        serve = app.add_subcommand("serve", "Serve the site and its comments until told to stop");
        serve->footer(serve_help);
        add_config(*serve);
        commands.push_back(std::make_unique<import_command>(app, config));
        commands.push_back(std::make_unique<keys_command>(app, config));
        commands.push_back(std::make_unique<moderate_command>(app, config));
        commands.push_back(std::make_unique<backup_command>(app, config));
        commands.push_back(std::make_unique<move_command>(app));
        commands.push_back(std::make_unique<doctor_command>(app, config));
        auto* settings = app.add_subcommand("config", "Look at the settings");
        settings->require_subcommand(1);
        settings->footer(config_help);
        check = settings->add_subcommand(
            "check", "Say what is wrong with the settings, or what will be served where"
        );
        add_config(*check);
        show = settings->add_subcommand("show", "Print all settings as a settings file");
        add_config(*show);
    }

private:
    void add_config(CLI::App& to) {
        to.add_option("--config", config, "Settings file (TOML)")->type_name("FILE");
    }
};

exit_code dispatch(const command_line& line, const serve_function& serve) {
    if (*line.check) return check_config(line.config);
    const auto chosen = read_settings(line.config);
    if (!chosen) return exit_code::misused;
    if (*line.show) return show_config(*chosen);
    for (const auto& each : line.commands) {
        if (each->chosen()) return each->run(*chosen);
    }
    serve(*chosen);
    return exit_code::fine;
}

}  // namespace

int run(int argc, const char* const* argv, const serve_function& serve) {
    command_line line;
    try {
        line.app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        // Help and version are "errors" of code 0.
        return line.app.exit(error) == 0 ? 0 : static_cast<int>(exit_code::misused);
    }
    try {
        return static_cast<int>(dispatch(line, serve));
    } catch (const std::exception& error) {
        fmt::print(stderr, "palabre: {}\n", error.what());
        return static_cast<int>(exit_code::failed);
    }
}

}  // namespace palabre::cli
