// SPDX-License-Identifier: Apache-2.0
#include "cli/import_command.hpp"

#include <CLI/CLI.hpp>

namespace palabre::cli {
namespace {

constexpr const char* import_help =
    R"(The export is checked from end to end first: a broken file changes nothing. A second import of the
same export adds only what is new, so it can be repeated. The server may go on serving meanwhile.

WordPress: Tools > Export > All content. Disqus: Admin > Moderation > Export; it sends a .xml.gz.

Examples:
  palabre import wordpress export.xml
  palabre import disqus export.xml.gz --config /etc/palabre/palabre.toml --json report.json)";

}  // namespace

import_command::import_command(CLI::App& program, std::string& config) {
    word_ =
        program.add_subcommand("import", "Bring the comments of another engine into the database");
    word_->footer(import_help);
    word_->add_option("engine", asked_.engine, "wordpress or disqus")
        ->required()
        ->check(CLI::IsMember({"wordpress", "disqus"}))
        ->type_name("ENGINE");
    word_->add_option("file", asked_.file, "Its export, plain or gzip'ed")
        ->required()
        ->type_name("FILE");
    word_->add_option("--progress", asked_.progress, "auto, plain (lines) or none")
        ->check(CLI::IsMember({"auto", "plain", "none"}))
        ->type_name("HOW");
    word_->add_option("--json", asked_.json_file, "Write the report there as JSON")
        ->type_name("FILE");
    word_->add_option("--config", config, "Settings file (TOML)")->type_name("FILE");
}

bool import_command::chosen() const {
    return word_->parsed();
}

exit_code import_command::run(const chosen_settings& settings) {
    return import_comments(asked_, settings);
}

}  // namespace palabre::cli
