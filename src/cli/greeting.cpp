// SPDX-License-Identifier: Apache-2.0
#include "cli/greeting.hpp"

#include "cli/options_of.hpp"
#include "cli/version.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

namespace palabre::cli {
namespace {

// Entries left out that are told one by one; a folder full of them would hide everything else.
constexpr std::size_t left_out_shown_max = 5;

std::string absolute_name(const std::filesystem::path& path) {
    std::error_code error;
    const auto whole = std::filesystem::absolute(path, error);
    return (error ? path : whole).lexically_normal().string();
}

std::string describe(const site::static_site& site, const std::filesystem::path& folder) {
    const auto now = site.describe();
    auto text = fmt::format(
        "  folder    {}  ({}, {:.1f} MB in memory)\n",
        absolute_name(folder),
        now.files == 1 ? "1 file" : fmt::format("{} files", now.files),
        static_cast<double>(now.memory_bytes) / 1e6
    );
    const auto shown = std::min(now.left_out.size(), left_out_shown_max);
    for (std::size_t i = 0; i < shown; ++i)
        text += fmt::format("            {}\n", now.left_out[i]);
    if (shown < now.left_out.size()) {
        text += fmt::format("            … and {} more\n", now.left_out.size() - shown);
    }
    return text;
}

std::string_view note_about(const server::endpoint& where) {
    if (where.speaks == server::transport::redirect) return "  (sends readers to HTTPS)";
    if (where.address == "0.0.0.0" || where.address == "::") return "  (all addresses)";
    return "";
}

}  // namespace

std::string url_of(const server::endpoint& where) {
    const bool tls = where.speaks == server::transport::tls;
    auto host = where.address;
    if (host == "0.0.0.0" || host == "::")
        host = "localhost";
    else if (host.find(':') != std::string::npos)
        host = "[" + host + "]";
    const bool usual = where.port == (tls ? 443 : 80);
    const auto port = usual ? std::string() : fmt::format(":{}", where.port);
    return fmt::format("{}://{}{}", tls ? "https" : "http", host, port);
}

std::string greet(
    const chosen_settings& chosen,
    const std::vector<server::endpoint>& served,
    const site::static_site* site,
    const server::endpoint* metrics
) {
    auto text = fmt::format("Palabre {} is serving.\n\n", version());
    for (const auto& where : served) {
        const auto path = site ? "/" : "/commentaires";
        text += fmt::format(
            "  {:<9} {}{}{}\n", site ? "site" : "comments", url_of(where), path, note_about(where)
        );
    }
    if (site) text += describe(*site, chosen.settings.resolve(chosen.settings.site.folder));
    if (metrics) text += fmt::format("  metrics   {}/metrics\n", url_of(*metrics));
    text += fmt::format("  data      {}\n", absolute_name(data_folder_of(chosen.settings)));
    text += fmt::format(
        "  settings  {}\n",
        chosen.file ? absolute_name(*chosen.file) : "defaults and the environment"
    );
    text += "  stop      Ctrl-C, or kill " + std::to_string(::getpid()) + "\n";
    text += "  reload    kill -HUP " + std::to_string(::getpid()) +
            "  (site, certificate, log file)\n\n";
    return text;
}

}  // namespace palabre::cli
