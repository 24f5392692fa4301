// SPDX-License-Identifier: Apache-2.0
#include "config/schema.hpp"

#include "config/field_table.hpp"
#include "config/text_rules.hpp"

#include <array>

namespace palabre::config {
namespace {

constexpr std::int64_t day_s = 24 * 60 * 60;

// Quicker would be no limit, and the tokens of more could not be told apart.
constexpr std::int64_t tokens_max = 1'000'000;

using server = server_settings;
using tls = tls_settings;
using site = site_settings;
using comments = comments_settings;
using posting = posting_settings;
using moderation = moderation_settings;
using limited = limits_settings;
using store = store_settings;
using cache = cache_settings;
using metrics = metrics_settings;
using log = log_settings;
using backup = backup_settings;

constexpr auto fields = std::to_array<field>({
    text("server.http", of<&server::http>, is_endpoint, an_endpoint, "addresses for HTTP"),
    text(
        "server.https",
        of<&server::https>,
        is_endpoint,
        an_endpoint,
        "addresses for HTTPS; needs [tls]"
    ),
    flag(
        "server.redirect_to_https",
        of<&server::redirect_to_https>,
        "http only sends readers to https"
    ),
    number("server.threads", of<&server::threads>, 0, 1024, "event loops; 0: one per processor"),
    number(
        "server.max_connections",
        of<&server::max_connections>,
        1,
        1'000'000,
        "beyond, the longest idle connection gives way"
    ),
    number(
        "server.max_body_kb", of<&server::max_body_kb>, 1, 16 * 1024, "largest body of a request"
    ),
    number(
        "server.head_timeout_s",
        of<&server::head_timeout_s>,
        1,
        3600,
        "for the head of a request to arrive"
    ),
    number("server.body_timeout_s", of<&server::body_timeout_s>, 1, 3600, "for its body"),
    number(
        "server.idle_timeout_s",
        of<&server::idle_timeout_s>,
        1,
        3600,
        "between two requests of one connection"
    ),
    number(
        "server.write_timeout_s",
        of<&server::write_timeout_s>,
        1,
        3600,
        "a reader that takes nothing for so long is dropped"
    ),
    number(
        "server.shutdown_grace_s",
        of<&server::shutdown_grace_s>,
        0,
        3600,
        "for requests under way when the server stops"
    ),
    flag("server.log_addresses", of<&server::log_addresses>, "addresses of readers in the log"),
    text(
        "server.trusted_proxies",
        of<&server::trusted_proxies>,
        is_network,
        a_network,
        "proxies whose word about the reader's address counts"
    ),
    text(
        "server.forwarded_header",
        of<&server::forwarded_header>,
        is_forwarded_header,
        "write \"x-forwarded-for\" or \"forwarded\"",
        "which header they write: \"x-forwarded-for\" or \"forwarded\""
    ),

    text(
        "tls.certificate",
        of<&tls::certificate>,
        is_path,
        a_path,
        "PEM file, the server's own certificate first"
    ),
    text("tls.key", of<&tls::key>, is_path, a_path, "PEM file"),
    flag("tls.self_signed", of<&tls::self_signed>, "make a certificate for localhost"),

    text("site.folder", of<&site::folder>, is_path, a_path, "files to serve; \"\": none"),
    text(
        "site.content_security_policy",
        of<&site::content_security_policy>,
        is_one_line,
        "write \"default\", \"none\", or a policy in one line of ASCII",
        "\"default\", \"none\", or a policy"
    ),
    number(
        "site.hsts_s",
        of<&site::hsts_s>,
        0,
        10 * 365 * day_s,
        "seconds of Strict-Transport-Security; 0: not sent"
    ),

    text(
        "comments.allowed_origins",
        of<&comments::allowed_origins>,
        is_origin,
        an_origin,
        "other sites that may show and post comments"
    ),
    number("comments.author_characters", of<&comments::author_characters>, 1, 1000, "longest name"),
    number(
        "comments.text_characters", of<&comments::text_characters>, 1, 100'000, "longest comment"
    ),
    number(
        "comments.website_characters",
        of<&comments::website_characters>,
        1,
        2000,
        "longest address of an author's website"
    ),
    number(
        "comments.reply_depth",
        of<&comments::reply_depth>,
        0,
        64,
        "a reply to a reply to …; 0: no replies"
    ),
    number(
        "comments.page_default",
        of<&comments::page_default>,
        1,
        1000,
        "comments in a page when none is asked for"
    ),
    number("comments.page_max", of<&comments::page_max>, 1, 1000, "comments in a page at most"),
    number(
        "comments.whole_section",
        of<&comments::whole_section>,
        0,
        1000,
        "sections up to this come back whole"
    ),

    flag("posting.key_required", of<&posting::key_required>, "nobody posts without an API key"),
    text(
        "posting.open_sections",
        of<&posting::open_sections>,
        is_section_pattern,
        a_section_pattern,
        "but in these sections"
    ),
    number(
        "posting.edit_minutes",
        of<&posting::edit_minutes>,
        0,
        10080,
        "authors may change or delete for so long"
    ),
    flag("moderation.hold_all", of<&moderation::hold_all>, "every comment awaits a moderator"),
    text(
        "moderation.hold_sections",
        of<&moderation::hold_sections>,
        is_section_pattern,
        a_section_pattern,
        "every comment of these does"
    ),
    text(
        "moderation.publish_sections",
        of<&moderation::publish_sections>,
        is_section_pattern,
        a_section_pattern,
        "with hold_all: not those of these"
    ),
    number(
        "moderation.links_max",
        of<&moderation::links_max>,
        -1,
        1000,
        "more links: held; -1: any number"
    ),
    text(
        "moderation.blocked_words",
        of<&moderation::blocked_words>,
        is_word,
        a_word,
        "held when one stands in it"
    ),
    flag(
        "moderation.hold_duplicates",
        of<&moderation::hold_duplicates>,
        "the same text again within a day: held"
    ),
    number(
        "moderation.min_seconds",
        of<&moderation::min_seconds>,
        0,
        600,
        "a form filled in faster: held; 0: off"
    ),
    flag("moderation.trap", of<&moderation::trap>, "what fills in a field nobody sees is spam"),

    number(
        "limits.requests_per_second",
        of<&limited::requests_per_second>,
        0,
        tokens_max,
        "of one client; 0: no limit"
    ),
    number(
        "limits.requests_burst",
        of<&limited::requests_burst>,
        1,
        tokens_max,
        "requests that one client may make at once"
    ),
    number(
        "limits.posts_per_minute",
        of<&limited::posts_per_minute>,
        0,
        tokens_max,
        "of one client; 0: no limit"
    ),
    number(
        "limits.posts_burst",
        of<&limited::posts_burst>,
        1,
        tokens_max,
        "posts that one client may make at once"
    ),
    number(
        "limits.section_posts_per_minute",
        of<&limited::section_posts_per_minute>,
        0,
        tokens_max,
        "of all clients to one section; 0: no limit"
    ),
    number(
        "limits.section_posts_burst",
        of<&limited::section_posts_burst>,
        1,
        tokens_max,
        "posts that one section takes at once"
    ),

    text(
        "store.kind",
        of<&store::kind>,
        is_store_kind,
        "write \"sqlite\" or \"dynamodb\"",
        "\"sqlite\", or \"dynamodb\": a table that several servers may share"
    ),
    text(
        "store.folder",
        of<&store::folder>,
        is_named_path,
        a_path,
        "database, secrets and self-signed certificate"
    ),
    number("store.readers", of<&store::readers>, 1, 64, "reads of the database at a time"),
    text(
        "store.table",
        of<&store::table>,
        is_table_name,
        a_table_name,
        "name of the table of \"dynamodb\""
    ),
    number(
        "cache.megabytes",
        of<&cache::megabytes>,
        0,
        64 * 1024,
        "rendered pages of comments; 0: none"
    ),
    text(
        "metrics.listen",
        of<&metrics::listen>,
        is_endpoint_or_off,
        "write an address and a port, such as \"127.0.0.1:9180\", or \"off\"",
        "for GET /metrics; or \"off\""
    ),
    text(
        "log.destination",
        of<&log::destination>,
        is_named_path,
        "write \"stdout\", \"off\", or the path of a file",
        "\"stdout\", \"off\", or a file"
    ),

    text(
        "backup.folder",
        of<&backup::folder>,
        is_backup_place,
        a_backup_place,
        "where backups are kept, a folder or s3://bucket/prefix; \"\": none are made by themselves"
    ),
    number("backup.every_hours", of<&backup::every_hours>, 1, 366 * 24, "between two backups"),
    flag("backup.site", of<&backup::site>, "the files of the site too"),
    number("backup.keep_daily", of<&backup::keep_daily>, 0, 3660, "latest days of which one stays"),
    number(
        "backup.keep_weekly", of<&backup::keep_weekly>, 0, 520, "latest weeks of which one stays"
    ),
    number(
        "backup.keep_monthly",
        of<&backup::keep_monthly>,
        0,
        1200,
        "latest months of which one stays"
    ),
});

}  // namespace

std::span<const field> schema() {
    return fields;
}

}  // namespace palabre::config
