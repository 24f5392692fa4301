// SPDX-License-Identifier: Apache-2.0

// From page views to what each service is asked in one month.

// The share of reads that a cache of some seconds cannot answer. Its first reader fills it, all who
// come within the seconds are answered by it: of 1 + rate * seconds reads one goes on.
//
// Reads are taken as spread evenly over keys, places and hours of the day. Whatever is uneven makes
// the cache better, since rate / (1 + rate * seconds) bends down; so this errs on the dear side.
export function missShare(reads_per_second, keys, places, seconds) {
  return 1 / (1 + (reads_per_second / (keys * places)) * seconds);
}

function healthRequests(options) {
  if (!options.healthCheck) return 0;
  const given = options.assumptions;
  const per_minute = options.healthCheckRegions * given.health_checkers_per_region * 2;
  return per_minute * 60 * given.hours_per_month;
}

// Returns counts of one month. `api` is what reaches the gateway, by route; `edge` all of CloudFront.
export function trafficOf(views_per_day, options) {
  const given = options.assumptions;
  const views = (views_per_day * given.hours_per_month) / 24;
  const seconds = given.hours_per_month * 3600;
  const missed = (reads, keys, ttl) => reads * missShare(reads / seconds, keys, given.cache_places, ttl);

  const site = views * (given.pages_per_view + given.first_view_share * given.files_of_a_first_view);
  const reads = views * given.comment_reads_per_view;
  const counts = views * given.count_reads_per_view;
  const posts = views * given.posts_per_view;
  const others = posts * given.other_calls_per_post;
  const health = healthRequests(options);
  const api = {
    reads: missed(reads, given.sections, options.cacheSeconds),
    counts: missed(counts, given.pages_with_counters, options.countsSeconds),
    posts, others, health,
  };
  return {
    views, site, reads, counts, posts, health, api,
    calls: Object.values(api).reduce((sum, one) => sum + one, 0),
    edge: site + reads + counts + posts + others + health,
    bytes: bytesSent({ views, site, reads, counts, posts, others, health }, given),
  };
}

function bytesSent({ views, site, reads, counts, posts, others, health }, given) {
  const answers = site + reads + counts + posts + others + health;
  return views * (given.pages_per_view * given.page_bytes + given.first_view_share * given.first_view_bytes) +
    reads * given.comment_page_bytes +
    (counts + posts + others + health) * given.count_bytes +
    answers * given.header_bytes;
}

// How many metrics of a month were sent, each counted by the hours in which it was: a route that is
// called twice a day sends in few of them.
export function metricMonths(traffic, given) {
  const { reads, counts, posts, others, health } = traffic.api;
  // Of all else, preview, one comment and moderation share the calls evenly.
  const other_routes = given.routes - 4;
  const by_route = [reads, counts, posts, health, ...Array(other_routes).fill(others / other_routes)];
  const hours_share = (calls) => 1 - Math.exp(-calls / given.hours_per_month);
  const routes = by_route.reduce((sum, calls) => sum + hours_share(calls), 0);
  return routes * given.metrics_per_route + given.backup_metrics;
}
