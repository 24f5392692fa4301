// SPDX-License-Identifier: Apache-2.0
#include "cli/doctor_command.hpp"

#include "cli/check_config.hpp"
#include "cli/report_json.hpp"
#include "doctor/certificate.hpp"
#include "doctor/clock.hpp"
#include "doctor/disk.hpp"
#include "doctor/permissions.hpp"
#include "doctor/report.hpp"
#include "doctor/running_server.hpp"
#include "home/machine/open_store.hpp"
#include "home/machine/options_of.hpp"
#include "markup/render.hpp"
#include "store/sqlite/verify.hpp"
#include "system/system_clock.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <iterator>
#include <system_error>
#include <vector>

namespace palabre::cli {
namespace {

constexpr const char* help =
    R"(Looks at settings, database, certificate, disk, clock, permissions and the server that may be
running, and says what is wrong and what to do. Reads the whole database, beside a server that runs;
run it as the user that runs the server, or as root. Exit code: 0 fine, 1 something is wrong.

Examples:
  palabre doctor
  palabre doctor --config /etc/palabre/palabre.toml
  palabre doctor --json | jq '.findings[] | select(.severity == "wrong")')";

// On this machine a healthy server answers within milliseconds.
constexpr std::chrono::seconds server_patience{5};

using findings = std::vector<finding>;

findings look_at_settings(const chosen_settings& chosen) {
    const auto name = chosen.file ? chosen.file->string() : std::string("the defaults");
    findings found;
    for (auto& sentence : mistakes_in(chosen.settings)) {
        found.push_back(
            {severity::wrong, "settings", std::move(sentence), fmt::format("Mend it in {}.", name)}
        );
    }
    if (found.empty()) {
        found.push_back({severity::fine, "settings", fmt::format("Nothing amiss in {}.", name), ""}
        );
    }
    return found;
}

findings look_at_certificate_of(const config::settings& chosen, timestamp now) {
    if (chosen.server.https.empty()) return {};
    if (const auto files = machine::tls_files_of(chosen)) {
        return doctor::look_at_certificate(files->certificate_chain, files->private_key, now);
    }
    const auto folder = machine::self_signed_folder_of(chosen);
    std::error_code none;
    if (!std::filesystem::exists(folder / "localhost.crt", none)) return {};
    return doctor::look_at_certificate(folder / "localhost.crt", folder / "localhost.key", now);
}

// Addresses with port 0 are the kernel's choice, and nobody here knows it.
std::vector<doctor::server_address> addresses_of(const config::settings& chosen) {
    std::vector<doctor::server_address> made;
    for (const auto& each : machine::server_options_of(chosen).endpoints) {
        if (each.port == 0 || each.speaks == server::transport::redirect) continue;
        made.push_back({each.address, each.port, each.speaks == server::transport::tls});
    }
    return made;
}

// A table is asked whether it serves; what is in it DynamoDB keeps in three places.
findings look_at_store(const config::settings& settings, timestamp now) {
    if (!machine::is_shared(settings)) {
        return store::verify(machine::database_of(settings), markup::renderer_version, now);
    }
    const auto sentence = fmt::format("the table {} of DynamoDB serves.", settings.store.table);
    try {
        const system_clock wall;
        static_cast<void>(machine::open_store(settings, wall, nullptr));
        return {{severity::fine, "database", sentence, ""}};
    } catch (const std::exception& error) {
        return {{severity::wrong, "database", error.what(), ""}};
    }
}

findings look_at_everything(const chosen_settings& chosen) {
    const auto& settings = chosen.settings;
    const auto now = system_clock().now();
    const auto files = machine::tls_files_of(settings);
    const auto key = files ? files->private_key : std::filesystem::path();
    findings all;
    const auto add = [&all](findings found) {
        all.insert(
            all.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end())
        );
    };
    add(look_at_settings(chosen));
    add(look_at_store(settings, now));
    add(look_at_certificate_of(settings, now));
    add(doctor::look_at_disk(machine::data_folder_of(settings)));
    add(doctor::look_at_clock(now, doctor::ask_kernel()));
    add(doctor::look_at_permissions(machine::data_folder_of(settings), key));
    add(doctor::look_at_server(addresses_of(settings), server_patience));
    return all;
}

}  // namespace

doctor_command::doctor_command(CLI::App& program, std::string& config) {
    command_ =
        program.add_subcommand("doctor", "Say what is wrong on this machine, and what to do");
    command_->footer(help);
    command_->add_flag("--json", json_, "Print the findings as JSON");
    command_->add_option("--config", config, "Settings file (TOML)")->type_name("FILE");
}

bool doctor_command::chosen() const {
    return command_->parsed();
}

exit_code doctor_command::run(const chosen_settings& settings) {
    const auto found = look_at_everything(settings);
    fmt::print("{}", json_ ? to_json(found) + "\n" : doctor::to_text(found));
    return doctor::is_anything_wrong(found) ? exit_code::failed : exit_code::fine;
}

}  // namespace palabre::cli
