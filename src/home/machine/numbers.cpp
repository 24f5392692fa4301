// SPDX-License-Identifier: Apache-2.0
#include "home/machine/numbers.hpp"

#include <atomic>
#include <cstdint>

namespace palabre::machine {
namespace {

auto reading(const std::atomic<std::uint64_t>& number) {
    return [&number] { return static_cast<double>(number.load()); };
}

}  // namespace

void add_numbers_of(const server::server_stats& stats, metrics::registry& to) {
    to.add_gauge(
        "palabre_connections_open", "Connections of readers.", reading(stats.connections_open)
    );
    to.add_counter(
        "palabre_connections_accepted_total",
        "Connections accepted.",
        reading(stats.connections_accepted)
    );
    to.add_counter(
        "palabre_connections_refused_total",
        "Connections refused: all were busy.",
        reading(stats.connections_refused)
    );
    to.add_counter(
        "palabre_connections_evicted_total",
        "Idle connections closed to make room.",
        reading(stats.connections_evicted)
    );
    to.add_counter(
        "palabre_tls_handshake_failures_total",
        "TLS that did not come about.",
        reading(stats.tls_handshake_failures)
    );
    to.add_counter(
        "palabre_requests_too_busy_total",
        "Requests answered 503 because too much work was waiting.",
        reading(stats.requests_too_busy)
    );
    to.add_gauge(
        "palabre_blocking_queue_length",
        "Requests that wait for a thread.",
        reading(stats.blocking_queue_length)
    );
    to.add_gauge(
        "palabre_blocking_threads_busy",
        "Threads at work on such requests.",
        reading(stats.blocking_threads_busy)
    );
}

void add_numbers_of(const http::page_cache& cache, metrics::registry& to) {
    to.add_gauge("palabre_cache_bytes", "Rendered pages of comments in memory.", [&cache] {
        return static_cast<double>(cache.bytes());
    });
}

void add_numbers_of(comment_store& store, metrics::registry& to) {
    to.add_gauge("palabre_comments_held", "Comments that await a moderator.", [&store] {
        return static_cast<double>(store.count_held());
    });
    to.add_gauge("palabre_store_up", "1 when the database can serve.", [&store] {
        try {
            store.check();
            return 1.0;
        } catch (const store_error&) {
            return 0.0;
        }
    });
}

void add_numbers_of(const health_check& disk, metrics::registry& to) {
    to.add_gauge("palabre_disk_writable", "1 when comments can be written down.", [disk] {
        return check_health({disk}).passed() ? 1.0 : 0.0;
    });
}

void add_numbers_of(
    const http::flood_gate* gate, const guard::post_limits& posts, metrics::registry& to
) {
    const auto add = [&to](const char* by, std::function<double()> number) {
        to.add_counter(
            "palabre_requests_rate_limited_total",
            {"by", by},
            "What was turned away for its rate: by=\"client\" was answered 429, by=\"unserved\" "
            "was no "
            "request and was hung up on, by=\"connection\" was not accepted; the others were "
            "comments beyond the rate of a client, a key or a section.",
            std::move(number)
        );
    };
    const auto refused = [&posts](guard::post_scope by) {
        return [&posts, by] { return static_cast<double>(posts.refused(by)); };
    };
    add("post-client", refused(guard::post_scope::client));
    add("post-key", refused(guard::post_scope::key));
    add("post-section", refused(guard::post_scope::section));
    if (gate == nullptr) return;
    add("client", [gate] { return static_cast<double>(gate->refused_requests()); });
    add("unserved", [gate] { return static_cast<double>(gate->refused_unserved()); });
    add("connection", [gate] { return static_cast<double>(gate->refused_connections()); });
}

void add_numbers_of(const site::static_site& site, metrics::registry& to) {
    to.add_gauge("palabre_site_files", "Files of the site.", [&site] {
        return static_cast<double>(site.describe().files);
    });
    to.add_gauge("palabre_site_memory_bytes", "Files of the site in memory.", [&site] {
        return static_cast<double>(site.describe().memory_bytes);
    });
}

void add_numbers_of(const server::access_log& log, metrics::registry& to) {
    to.add_counter("palabre_log_dropped_total", "Lines of the log that were lost.", [&log] {
        return static_cast<double>(log.dropped());
    });
}

void add_numbers_of(const backup_keeper& backups, metrics::registry& to) {
    to.add_gauge(
        "palabre_backup_last_success_timestamp_seconds",
        "When the last good backup began; 0 without one.",
        [&backups] { return backups.last_success_s(); }
    );
    to.add_counter("palabre_backup_failures_total", "Backups that failed.", [&backups] {
        return static_cast<double>(backups.failures());
    });
}

}  // namespace palabre::machine
