// SPDX-License-Identifier: Apache-2.0
// The program `palabre`: one machine, one process. Everything is built here, top to bottom.
#include "cli/absent_site.hpp"
#include "cli/backup_keeper.hpp"
#include "cli/greeting.hpp"
#include "cli/health.hpp"
#include "cli/log_file.hpp"
#include "cli/metrics_page.hpp"
#include "cli/numbers.hpp"
#include "cli/openapi_json.hpp"
#include "cli/options_of.hpp"
#include "cli/reload.hpp"
#include "cli/rerenderer.hpp"
#include "cli/run.hpp"
#include "cli/startup.hpp"
#include "cli/version.hpp"
#include "http/api.hpp"
#include "http/chain.hpp"
#include "http/page_cache.hpp"
#include "metrics/registry.hpp"
#include "runtime/server/request_log_list.hpp"
#include "runtime/server/signals.hpp"
#include "system/random_bytes.hpp"
#include "system/random_ids.hpp"
#include "system/service_manager.hpp"
#include "system/system_clock.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <functional>
#include <optional>
#include <vector>

namespace palabre {
namespace {

http::api_options api_options_of(
    const config::settings& chosen, guard::post_limits& post_limits, store::sqlite_store& store
) {
    http::api_options made;
    made.allowed = cli::limits_of(chosen);
    made.rules = cli::rules_of(chosen);
    made.edit_secret = load_or_make_secret(cli::edit_secret_file_of(chosen));
    made.post_limits = &post_limits;
    made.allowed_origins = chosen.comments.allowed_origins;
    made.version = cli::version();
    made.contract_json = openapi_json();
    made.health_checks = {cli::disk_check(chosen, store)};
    made.report_fault = [](std::string_view request_id, std::string_view reason) {
        fmt::print(stderr, "palabre: request {}: {}\n", request_id, reason);
    };
    return made;
}

void complain(std::string_view sentence) {
    fmt::print(stderr, "palabre: {}\n", sentence);
}

// Until told to go.
void stay(
    const server::signals& signals,
    const service_manager& manager,
    const std::function<void()>& reload
) {
    while (signals.wait() == server::signals::wanted::reload) {
        manager.reloading();
        reload();
        manager.ready();
    }
    manager.stopping();
}

void serve(const cli::chosen_settings& chosen) {
    const auto& settings = chosen.settings;

    // Signals first: every thread that comes later must not be interrupted by them.
    const server::signals signals;
    const service_manager manager(service_manager_address(), complain);

    // Time and chance.
    const system_clock wall;
    random_ids ids;

    // Comments, and their pages as bytes.
    http::page_cache cache(cli::cache_bytes_of(settings));
    const auto store = cli::open_store(settings, wall, &cache);
    const cli::rerenderer rerenderer(*store);
    const auto backups = cli::keep_backups(settings, *store, wall);

    // The application: the API in front, the site behind it.
    guard::post_limits post_limits(cli::post_quotas_of(settings));
    http::api api(
        api_options_of(settings, post_limits, *store), {*store, *store, *store, wall, ids}, cache
    );
    const auto site = cli::open_site(settings);
    cli::absent_site absent;
    http::chain application(api, site ? static_cast<http::handler&>(*site) : absent);

    // In front of both, the gate that turns floods away.
    const auto gate = cli::make_flood_gate(settings, application);

    // What is written down of each request.
    cli::log_file log_file(settings);
    metrics::request_metrics counts;
    std::vector<request_log*> logs{&counts};
    std::optional<server::access_log> access;
    if (const auto opened = log_file.descriptor()) logs.push_back(&access.emplace(*opened));
    server::request_log_list log(logs);

    // The server for readers, and the one for Prometheus.
    const auto readers = cli::make_server(settings, application, gate.get(), log);
    metrics::registry registry(counts, cli::version());
    cli::add_numbers_of(readers->stats(), registry);
    cli::add_numbers_of(cache, registry);
    cli::add_numbers_of(*store, registry);
    cli::add_numbers_of(cli::disk_check(settings, *store), registry);
    cli::add_numbers_of(gate.get(), post_limits, registry);
    if (site) cli::add_numbers_of(*site, registry);
    if (access) cli::add_numbers_of(*access, registry);
    if (backups) cli::add_numbers_of(*backups, registry);
    cli::metrics_page page(registry);
    const auto watchers = cli::make_metrics_server(settings, page);

    // Open the doors.
    cli::start(*readers, "see http and https in [server]");
    std::optional<server::endpoint> metrics_at;
    if (watchers) {
        cli::start(*watchers, "see listen in [metrics]");
        metrics_at = watchers->endpoints().front();
    }
    fmt::print(
        stderr,
        "{}",
        cli::greet(chosen, readers->endpoints(), site.get(), metrics_at ? &*metrics_at : nullptr)
    );

    manager.ready();
    stay(signals, manager, [&] { cli::reload(*readers, site.get(), log_file); });
    fmt::print(stderr, "palabre: stopping. A second signal ends it at once.\n");
    cli::let_signals_end_us();
    readers->shut_down();
    readers->wait();
}

}  // namespace
}  // namespace palabre

int main(int argc, char** argv) {
    return palabre::cli::run(argc, argv, palabre::serve);
}
