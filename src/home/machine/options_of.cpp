// SPDX-License-Identifier: Apache-2.0
#include "home/machine/options_of.hpp"

#include "config/endpoint.hpp"
#include "http/problem.hpp"

#include <chrono>
#include <stdexcept>
#include <string>
#include <vector>

namespace palabre::machine {
namespace {

using std::chrono::seconds;

server::endpoint endpoint_of(const std::string& text, server::transport speaks) {
    const auto parsed = config::parse_endpoint(text);
    if (!parsed) throw std::invalid_argument(text + " is no address with a port");
    server::endpoint made;
    made.address = parsed->address;
    made.port = parsed->port;
    made.speaks = speaks;
    return made;
}

std::vector<server::endpoint> endpoints_of(const config::server_settings& chosen) {
    std::vector<server::endpoint> plain, secure;
    for (const auto& text : chosen.https) {
        secure.push_back(endpoint_of(text, server::transport::tls));
    }
    for (const auto& text : chosen.http) {
        plain.push_back(endpoint_of(text, server::transport::plain));
        if (!chosen.redirect_to_https) continue;
        plain.back().speaks = server::transport::redirect;
        plain.back().https_port = secure.front().port;
    }
    plain.insert(plain.end(), secure.begin(), secure.end());
    return plain;
}

http::response make_problem(errc code, std::string detail) {
    return http::problem_response({code, std::move(detail), {}});
}

std::size_t to_size(std::int64_t value) {
    return static_cast<std::size_t>(value);
}

guard::trusted_proxies proxies_of(const config::server_settings& chosen) {
    std::vector<ip_network> networks;
    for (const auto& text : chosen.trusted_proxies) {
        const auto parsed = parse_ip_network(text);
        if (!parsed) throw std::invalid_argument(text + " is no address and no range of them");
        networks.push_back(*parsed);
    }
    const bool standard = chosen.forwarded_header == "forwarded";
    return guard::trusted_proxies(
        std::move(networks),
        standard ? guard::forwarded_by::forwarded : guard::forwarded_by::x_forwarded_for
    );
}

}  // namespace

guard::quota request_quota_of(const config::settings& chosen) {
    return home::quota_of(
        chosen.limits.requests_per_second, seconds(1), chosen.limits.requests_burst
    );
}

std::size_t cache_bytes_of(const config::settings& chosen) {
    return to_size(chosen.cache.megabytes) * 1024 * 1024;
}

std::filesystem::path data_folder_of(const config::settings& chosen) {
    return chosen.resolve(chosen.store.folder);
}

std::filesystem::path database_of(const config::settings& chosen) {
    return data_folder_of(chosen) / "comments.sqlite";
}

std::filesystem::path edit_secret_file_of(const config::settings& chosen) {
    return data_folder_of(chosen) / "edit.secret";
}

std::filesystem::path self_signed_folder_of(const config::settings& chosen) {
    return data_folder_of(chosen) / "tls";
}

std::optional<server::tls_files> tls_files_of(const config::settings& chosen) {
    if (chosen.tls.certificate.empty()) return std::nullopt;
    return server::tls_files{
        chosen.resolve(chosen.tls.certificate), chosen.resolve(chosen.tls.key)
    };
}

server::options server_options_of(const config::settings& chosen) {
    const auto& from = chosen.server;
    server::options made;
    made.endpoints = endpoints_of(from);
    made.make_problem = make_problem;
    made.threads = to_size(from.threads);
    made.connections_max = to_size(from.max_connections);
    made.reading_threads_max = to_size(chosen.store.readers);
    made.limits.body_bytes = to_size(from.max_body_kb) * 1024;
    made.times.head = seconds(from.head_timeout_s);
    made.times.body = seconds(from.body_timeout_s);
    made.times.keep_alive = seconds(from.idle_timeout_s);
    made.times.write_progress = seconds(from.write_timeout_s);
    made.times.shutdown_grace = seconds(from.shutdown_grace_s);
    made.log_addresses = from.log_addresses;
    made.proxies = proxies_of(from);
    return made;
}

std::optional<server::options> metrics_options_of(const config::settings& chosen) {
    if (chosen.metrics.listen == "off") return std::nullopt;
    server::options made;
    made.endpoints = {endpoint_of(chosen.metrics.listen, server::transport::plain)};
    made.make_problem = make_problem;
    made.threads = 1;
    made.connections_max = 64;  // a Prometheus or two
    made.blocking_threads_max = 2;
    made.times.shutdown_grace = seconds(1);
    return made;
}

std::optional<site::options> site_options_of(const config::settings& chosen) {
    if (chosen.site.folder.empty()) return std::nullopt;
    site::options made;
    made.folder = chosen.resolve(chosen.site.folder);
    const auto& policy = chosen.site.content_security_policy;
    if (policy == "none")
        made.content_security_policy.clear();
    else if (policy != "default")
        made.content_security_policy = policy;
    made.hsts_s = chosen.site.hsts_s;
    if (!chosen.comments.allowed_origins.empty()) made.scripts = site::script_sharing::any_page;
    return made;
}

}  // namespace palabre::machine
