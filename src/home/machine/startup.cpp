// SPDX-License-Identifier: Apache-2.0
#include "home/machine/startup.hpp"

#include "home/machine/options_of.hpp"
#include "runtime/server/self_signed.hpp"

#include <fmt/format.h>

#include <exception>
#include <filesystem>
#include <string>
#include <system_error>

namespace palabre::machine {
namespace {

std::string_view advice_for(const std::error_code& error) {
    if (error == std::errc::address_in_use) {
        return "Another program has this port. Stop it, or choose another port";
    }
    if (error == std::errc::permission_denied) {
        return "Ports below 1024 need a privilege (CAP_NET_BIND_SERVICE). Grant it, or choose "
               "another port";
    }
    if (error == std::errc::address_not_available) {
        return "This machine has no such address. Choose one that it has";
    }
    return "Choose another address";
}

std::string sentence_about_site(const std::filesystem::path& folder, const std::exception& error) {
    std::error_code ignored;
    if (!std::filesystem::exists(folder, ignored)) {
        return fmt::format(
            "the folder of the site, {}, does not exist. Make it, or set folder in [site] (\"\" "
            "for a "
            "server without a site).",
            folder.string()
        );
    }
    return fmt::format("the folder of the site cannot be served: {}", error.what());
}

std::optional<server::tls_files> prepare_tls(const config::settings& chosen) {
    if (chosen.server.https.empty()) return std::nullopt;
    if (!chosen.tls.self_signed) return tls_files_of(chosen);
    return server::ensure_self_signed(self_signed_folder_of(chosen));
}

}  // namespace

std::unique_ptr<site::static_site> open_site(const config::settings& chosen) {
    const auto how = site_options_of(chosen);
    if (!how) return nullptr;
    try {
        return std::make_unique<site::static_site>(*how);
    } catch (const std::exception& error) {
        throw startup_error(sentence_about_site(how->folder, error));
    }
}

std::unique_ptr<http::flood_gate> make_flood_gate(
    const config::settings& chosen, http::handler& application
) {
    const guard::quota per_client = request_quota_of(chosen);
    if (!per_client.limits()) return nullptr;
    return std::make_unique<http::flood_gate>(
        application, per_client, chosen.comments.allowed_origins
    );
}

std::unique_ptr<server::server> make_server(
    const config::settings& chosen,
    http::handler& application,
    http::flood_gate* gate,
    request_log& log
) {
    auto how = server_options_of(chosen);
    if (gate != nullptr) {
        how.count_unserved = [gate](const ip_address& client, guard::time_point now) {
            return gate->count_unserved(client, now);
        };
        how.may_connect = [gate](const ip_address& client, guard::time_point now) {
            return gate->may_connect(client, now);
        };
    }
    http::handler& asked = gate != nullptr ? *gate : application;
    try {
        how.tls = prepare_tls(chosen);
        return std::make_unique<server::server>(std::move(how), asked, &log);
    } catch (const std::exception& error) {
        throw startup_error(
            fmt::format("HTTPS cannot be offered: {}. Certificates are set in [tls].", error.what())
        );
    }
}

std::unique_ptr<server::server> make_metrics_server(
    const config::settings& chosen, http::handler& page
) {
    auto how = metrics_options_of(chosen);
    if (!how) return nullptr;
    return std::make_unique<server::server>(std::move(*how), page, nullptr);
}

void start(server::server& made, std::string_view setting) {
    try {
        made.start();
    } catch (const std::system_error& error) {
        throw startup_error(
            fmt::format("{}. {}: {}.", error.what(), advice_for(error.code()), setting)
        );
    }
}

}  // namespace palabre::machine
