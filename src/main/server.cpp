// SPDX-License-Identifier: Apache-2.0
// The program `palabre`: one machine, one process. Everything is built here, top to bottom.
#include "cli/run.hpp"
#include "home/machine/absent_site.hpp"
#include "home/machine/api_options.hpp"
#include "home/machine/backup_keeper.hpp"
#include "home/machine/cache_sweeper.hpp"
#include "home/machine/greeting.hpp"
#include "home/machine/health.hpp"
#include "home/machine/log_file.hpp"
#include "home/machine/metrics_page.hpp"
#include "home/machine/numbers.hpp"
#include "home/machine/open_store.hpp"
#include "home/machine/options_of.hpp"
#include "home/machine/reload.hpp"
#include "home/machine/rerenderer.hpp"
#include "home/machine/startup.hpp"
#include "http/api.hpp"
#include "http/chain.hpp"
#include "http/page_cache.hpp"
#include "metrics/registry.hpp"
#include "runtime/server/request_log_list.hpp"
#include "runtime/server/signals.hpp"
#include "system/random_ids.hpp"
#include "system/service_manager.hpp"
#include "system/system_clock.hpp"
#include "util/version.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <functional>
#include <optional>
#include <vector>

namespace palabre {
namespace {

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
    http::page_cache cache(machine::cache_bytes_of(settings));
    const auto store = machine::open_store(settings, wall, &cache);
    std::optional<machine::cache_sweeper> sweeper;
    if (machine::is_shared(settings)) sweeper.emplace(cache);
    const machine::rerenderer rerenderer(*store);
    const auto backups = machine::keep_backups(settings, *store, wall);

    // The application: the API in front, the site behind it.
    guard::post_limits post_limits(machine::post_quotas_of(settings));
    const health_check disk = machine::disk_check(settings, *store);
    http::api api(
        machine::api_options_of(settings, post_limits, disk),
        {*store, *store, *store, wall, ids},
        cache
    );
    const auto site = machine::open_site(settings);
    machine::absent_site absent;
    http::chain application(api, site ? static_cast<http::handler&>(*site) : absent);

    // In front of both, the gate that turns floods away.
    const auto gate = machine::make_flood_gate(settings, application);

    // What is written down of each request.
    machine::log_file log_file(settings);
    metrics::request_metrics counts;
    std::vector<request_log*> logs{&counts};
    std::optional<server::access_log> access;
    if (const auto opened = log_file.descriptor()) logs.push_back(&access.emplace(*opened));
    server::request_log_list log(logs);

    // The server for readers, and the one for Prometheus.
    const auto readers = machine::make_server(settings, application, gate.get(), log);
    metrics::registry registry(counts, version());
    machine::add_numbers_of(readers->stats(), registry);
    machine::add_numbers_of(cache, registry);
    machine::add_numbers_of(*store, registry);
    machine::add_numbers_of(disk, registry);
    machine::add_numbers_of(gate.get(), post_limits, registry);
    if (site) machine::add_numbers_of(*site, registry);
    if (access) machine::add_numbers_of(*access, registry);
    if (backups) machine::add_numbers_of(*backups, registry);
    machine::metrics_page page(registry);
    const auto watchers = machine::make_metrics_server(settings, page);

    // Open the doors.
    machine::start(*readers, "see http and https in [server]");
    if (watchers) machine::start(*watchers, "see listen in [metrics]");
    machine::greet(settings, chosen.file, *readers, watchers.get(), site.get());

    manager.ready();
    stay(signals, manager, [&] { machine::reload(*readers, site.get(), log_file); });
    fmt::print(stderr, "palabre: stopping. A second signal ends it at once.\n");
    machine::let_signals_end_us();
    readers->shut_down();
    readers->wait();
}

}  // namespace
}  // namespace palabre

int main(int argc, char** argv) {
    return palabre::cli::run(argc, argv, palabre::serve);
}
