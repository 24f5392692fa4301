// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "guard/post_limits.hpp"
#include "home/machine/backup_keeper.hpp"
#include "http/flood_gate.hpp"
#include "http/page_cache.hpp"
#include "metrics/registry.hpp"
#include "ports/comment_store.hpp"
#include "runtime/server/access_log.hpp"
#include "runtime/server/stats.hpp"
#include "service/check_health.hpp"
#include "site/static_site.hpp"

namespace palabre::machine {

// What the parts say of themselves at /metrics. The parts outlive the registry's last text().

void add_numbers_of(const server::server_stats& stats, metrics::registry& to);
void add_numbers_of(const http::page_cache& cache, metrics::registry& to);
void add_numbers_of(comment_store& store, metrics::registry& to);
// The check of cli/health.hpp.
void add_numbers_of(const health_check& disk, metrics::registry& to);
// `gate` is null when requests are not limited.
void add_numbers_of(
    const http::flood_gate* gate, const guard::post_limits& posts, metrics::registry& to
);
void add_numbers_of(const site::static_site& site, metrics::registry& to);
void add_numbers_of(const server::access_log& log, metrics::registry& to);
void add_numbers_of(const backup_keeper& backups, metrics::registry& to);

}  // namespace palabre::machine
