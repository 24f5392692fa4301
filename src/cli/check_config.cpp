// SPDX-License-Identifier: Apache-2.0
#include "cli/check_config.hpp"

#include "cli/read_settings.hpp"
#include "home/machine/greeting.hpp"
#include "home/machine/open_store.hpp"
#include "home/machine/options_of.hpp"
#include "runtime/server/tls_context.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <exception>
#include <vector>

namespace palabre::cli {
namespace {

namespace fs = std::filesystem;

void look_at_site(const config::settings& chosen, std::vector<std::string>& wrong) {
    const auto how = machine::site_options_of(chosen);
    if (!how) return;
    std::error_code error;
    if (!fs::is_directory(how->folder, error)) {
        wrong.push_back(fmt::format("[site] folder: {} is not a folder.", how->folder.string()));
    } else if (::access(how->folder.c_str(), R_OK | X_OK) != 0) {
        wrong.push_back(fmt::format("[site] folder: {} cannot be read.", how->folder.string()));
    }
}

void look_at_certificate(const config::settings& chosen, std::vector<std::string>& wrong) {
    const auto files = machine::tls_files_of(chosen);
    if (!files) return;
    try {
        const server::tls_context usable(*files);
    } catch (const std::exception& error) {
        wrong.push_back(fmt::format("[tls] {}.", error.what()));
    }
}

// The folder itself, or the nearest one above it that is there and would hold it.
void look_at_data(const config::settings& chosen, std::vector<std::string>& wrong) {
    std::error_code error;
    auto folder = fs::absolute(machine::data_folder_of(chosen), error);
    while (!fs::exists(folder, error) && folder.has_relative_path())
        folder = folder.parent_path();
    if (!fs::is_directory(folder, error)) {
        wrong.push_back(fmt::format("[store] folder: {} is not a folder.", folder.string()));
    } else if (::access(folder.c_str(), W_OK | X_OK) != 0) {
        wrong.push_back(fmt::format("[store] folder: {} cannot be written to.", folder.string()));
    }
}

std::string describe(const chosen_settings& chosen) {
    const auto& settings = chosen.settings;
    auto text = fmt::format(
        "All is well with {}.\n\n", chosen.file ? chosen.file->string() : "the defaults"
    );
    const auto options = machine::server_options_of(settings);
    for (const auto& where : options.endpoints) {
        const bool redirects = where.speaks == server::transport::redirect;
        text += fmt::format(
            "  listens   {}/{}\n",
            machine::url_of(where),
            redirects ? "  (sends readers to HTTPS)" : ""
        );
    }
    const auto site = machine::site_options_of(settings);
    text += fmt::format("  site      {}\n", site ? site->folder.string() : "none");
    text += fmt::format(
        "  database  {}\n",
        machine::is_shared(settings) ? "the table " + settings.store.table + " of DynamoDB"
                                     : machine::database_of(settings).string()
    );
    const auto metrics = machine::metrics_options_of(settings);
    text += fmt::format(
        "  metrics   {}\n",
        metrics ? machine::url_of(metrics->endpoints.front()) + "/metrics" : "off"
    );
    return text + fmt::format("  log       {}\n", settings.log.destination);
}

}  // namespace

std::vector<std::string> mistakes_in(const config::settings& chosen) {
    std::vector<std::string> wrong;
    look_at_site(chosen, wrong);
    look_at_certificate(chosen, wrong);
    look_at_data(chosen, wrong);
    return wrong;
}

exit_code check_config(const std::string& asked_for) {
    const auto chosen = read_settings(asked_for);
    if (!chosen) return exit_code::misused;
    const auto wrong = mistakes_in(chosen->settings);
    const auto name = chosen->file ? chosen->file->string() : std::string("defaults");
    for (const auto& sentence : wrong)
        fmt::print(stderr, "{}: {}\n", name, sentence);
    if (!wrong.empty()) return exit_code::misused;
    fmt::print("{}", describe(*chosen));
    return exit_code::fine;
}

}  // namespace palabre::cli
