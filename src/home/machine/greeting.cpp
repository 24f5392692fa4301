// SPDX-License-Identifier: Apache-2.0
#include "home/machine/greeting.hpp"

#include "home/machine/open_store.hpp"
#include "home/machine/options_of.hpp"
#include "util/version.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace palabre::machine {
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

void greet(
    const config::settings& chosen,
    const std::optional<std::filesystem::path>& settings_file,
    const server::server& readers,
    const server::server* watchers,
    const site::static_site* site
) {
    auto text = fmt::format("Palabre {} is serving.\n\n", version());
    for (const auto& where : readers.endpoints()) {
        const auto path = site ? "/" : "/commentaires";
        text += fmt::format(
            "  {:<9} {}{}{}\n", site ? "site" : "comments", url_of(where), path, note_about(where)
        );
    }
    if (site) text += describe(*site, chosen.resolve(chosen.site.folder));
    if (watchers) {
        text += fmt::format("  metrics   {}/metrics\n", url_of(watchers->endpoints().front()));
    }
    if (is_shared(chosen)) {
        text += fmt::format("  comments  in the table {} of DynamoDB\n", chosen.store.table);
    }
    text += fmt::format("  data      {}\n", absolute_name(data_folder_of(chosen)));
    text += fmt::format(
        "  settings  {}\n",
        settings_file ? absolute_name(*settings_file) : "defaults and the environment"
    );
    text += "  stop      Ctrl-C, or kill " + std::to_string(::getpid()) + "\n";
    text += "  reload    kill -HUP " + std::to_string(::getpid()) +
            "  (site, certificate, log file)\n\n";
    std::fputs(text.c_str(), stderr);
}

}  // namespace palabre::machine
