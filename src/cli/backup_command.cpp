// SPDX-License-Identifier: Apache-2.0
#include "cli/backup_command.hpp"

#include <CLI/CLI.hpp>

namespace palabre::cli {
namespace {

constexpr const char* backup_help =
    R"(Backups stand in the folder given by --folder, or by folder in [backup]; with the latter a running
server makes them by itself. The server may go on while one is made. A folder may be in S3, or on a
server that speaks its protocol: region, endpoint and credentials come from the variables of AWS.

Examples:
  palabre backup make                    now, to the folder of the settings
  palabre backup list --folder /mnt/backups
  palabre backup list --folder s3://bucket/palabre
  palabre backup verify latest           read the newest to its last byte
  palabre backup prune --dry-run         which ones would go by keep_daily, keep_weekly, …?)";

constexpr const char* restore_help =
    R"(Backups of Palabre, in a folder or in S3, and exports of its table by DynamoDB are told apart by what
they hold. Stop the server first. The backup is verified to its last byte, a new database is made beside the
living one, and then takes its place in one step; what was there is kept, and it is said where. When
anything is wrong, nothing is changed.

Examples:
  palabre restore latest                 the newest good backup of the folder in [backup]
  palabre restore 2026-11-22T17-45-00.123Z --folder /mnt/backups
  palabre restore /media/usb/2026-11-22T17-45-00.123Z --with-site
  palabre restore s3://bucket/AWSDynamoDB/01693685827463-2d8752fd
  palabre restore latest --to dynamodb:CommentairesAlternance)";

}  // namespace

backup_command::backup_command(CLI::App& program, std::string& config) : config_(config) {
    all_ = program.add_subcommand("backup", "Make, list, verify and remove backups");
    all_->require_subcommand(1);
    all_->footer(backup_help);
    make_ = all_->add_subcommand("make", "Make a backup now");
    add_folder(*make_);
    list_ = all_->add_subcommand("list", "Show the backups, newest first");
    add_folder(*list_);
    verify_ = all_->add_subcommand("verify", "Read a backup to its last byte");
    add_name(*verify_);
    prune_ = all_->add_subcommand("prune", "Remove those that [backup] does not keep");
    prune_->add_flag("--dry-run", asked_.only_say, "Only say which");
    add_folder(*prune_);
    restore_ = program.add_subcommand("restore", "Put a backup in the place of the database");
    restore_->footer(restore_help);
    add_name(*restore_);
    restore_->add_flag("--with-site", asked_.with_site, "Restore the files of the site too");
    restore_->add_option("--to", asked_.to, "To an empty table of DynamoDB, not to this machine")
        ->type_name("dynamodb:TABLE");
}

void backup_command::add_folder(CLI::App& to) {
    to.add_option("--folder", asked_.folder, "Folder of the backups, or s3://bucket/prefix")
        ->type_name("DIR");
    to.add_option("--config", config_, "Settings file (TOML)")->type_name("FILE");
}

void backup_command::add_name(CLI::App& to) {
    to.add_option("backup", asked_.name, "Its name, its path or URL, or \"latest\"")
        ->required()
        ->type_name("BACKUP");
    add_folder(to);
}

bool backup_command::chosen() const {
    return all_->parsed() || restore_->parsed();
}

exit_code backup_command::run(const chosen_settings& settings) {
    if (*make_) return make_a_backup(asked_, settings);
    if (*list_) return list_the_backups(asked_, settings);
    if (*verify_) return verify_a_backup(asked_, settings);
    if (*prune_) return prune_the_backups(asked_, settings);
    return restore_a_backup(asked_, settings);
}

}  // namespace palabre::cli
