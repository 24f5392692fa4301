// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace palabre::config {

// Everything an owner can choose, with what holds when nothing is chosen. Sections and names are
// those of the settings file; docs/guide/palabre.example.toml is held to these defaults by a test.

struct server_settings {
    std::vector<std::string> http{"127.0.0.1:8080"};  // addresses with ports; port 0: any free one
    std::vector<std::string> https;                   // needs [tls]
    bool redirect_to_https = false;                   // `http` only sends readers to `https`
    std::int64_t threads = 0;                         // event loops; 0: one per processor
    std::int64_t max_connections = 8192;              // beyond, the longest idle one gives way
    std::int64_t max_body_kb = 64;                    // of a request; beyond: 413
    std::int64_t head_timeout_s = 10;                 // for the head of a request to arrive
    std::int64_t body_timeout_s = 20;                 // for its body
    std::int64_t idle_timeout_s = 60;                 // between two requests of one connection
    std::int64_t write_timeout_s = 30;         // a reader that takes nothing for so long is dropped
    std::int64_t shutdown_grace_s = 10;        // for requests under way when the server stops
    bool log_addresses = false;                // addresses of readers, in the log and nowhere else
    std::vector<std::string> trusted_proxies;  // addresses or ranges of our own proxies
    std::string forwarded_header = "x-forwarded-for";  // which they write; or "forwarded"
    bool operator==(const server_settings&) const = default;
};

struct tls_settings {
    std::string certificate;   // PEM, the server's own first, then the chain
    std::string key;           // PEM
    bool self_signed = false;  // make a certificate for localhost, kept in the data folder
    bool operator==(const tls_settings&) const = default;
};

struct site_settings {
    std::string folder = "site";                      // empty: no site, the API alone
    std::string content_security_policy = "default";  // "default", "none", or a policy
    std::int64_t hsts_s = 0;                          // of Strict-Transport-Security; 0: not sent
    bool operator==(const site_settings&) const = default;
};

struct comments_settings {
    std::vector<std::string> allowed_origins;  // other sites that may show and post comments
    std::int64_t author_characters = 80;
    std::int64_t text_characters = 10'000;
    std::int64_t website_characters = 300;
    std::int64_t reply_depth = 8;    // a reply to a reply to …
    std::int64_t page_default = 20;  // comments in a page when none is asked for
    std::int64_t page_max = 100;
    std::int64_t whole_section = 50;  // sections up to this come back whole by default
    bool operator==(const comments_settings&) const = default;
};

// Sections are ids, or beginnings of ids followed by '*'.
struct posting_settings {
    bool key_required = true;                // nobody posts without an API key…
    std::vector<std::string> open_sections;  // …but here
    std::int64_t edit_minutes = 15;          // authors may change or delete for so long; 0: never
    bool operator==(const posting_settings&) const = default;
};

struct moderation_settings {
    bool hold_all = false;                      // every comment awaits a moderator
    std::vector<std::string> hold_sections;     // every comment of these does
    std::vector<std::string> publish_sections;  // with hold_all: but not of these
    std::int64_t links_max = 3;                 // more links: held; -1: any number
    std::vector<std::string> blocked_words;     // held when one of them stands in it
    bool hold_duplicates = true;                // the same text again within a day: held
    std::int64_t min_seconds = 3;               // a form filled in faster: held; 0: not looked at
    bool trap = true;                           // what fills in a field nobody sees is spam
    bool operator==(const moderation_settings&) const = default;
};

// Buckets of tokens: so many come back in a second or minute, so many can be saved up. 0: no limit.
struct limits_settings {
    std::int64_t requests_per_second = 50;  // of one client
    std::int64_t requests_burst = 500;      // a page with pictures loads dozens of files
    std::int64_t posts_per_minute = 6;      // of one client
    std::int64_t posts_burst = 10;
    std::int64_t section_posts_per_minute = 60;  // of all clients to one section
    std::int64_t section_posts_burst = 120;
    bool operator==(const limits_settings&) const = default;
};

struct store_settings {
    std::string kind = "sqlite";  // or "dynamodb": a table that several servers may share
    std::string folder = "data";  // database, secrets and self-signed certificate
    std::int64_t readers = 4;     // reads of the database that may run at a time
    std::string table = "CommentairesAlternance";  // of "dynamodb"
    bool operator==(const store_settings&) const = default;
};

struct cache_settings {
    std::int64_t megabytes = 24;  // of rendered pages of comments; 0: none
    bool operator==(const cache_settings&) const = default;
};

struct metrics_settings {
    std::string listen = "127.0.0.1:9180";  // for GET /metrics; "off": nowhere
    bool operator==(const metrics_settings&) const = default;
};

struct log_settings {
    std::string destination = "stdout";  // one JSON line per request; "stdout", "off", or a file
    bool operator==(const log_settings&) const = default;
};

struct backup_settings {
    std::string folder;             // or s3://…; empty: no scheduled backups
    std::int64_t every_hours = 24;  // and at the start when one was missed
    bool site = true;               // the site's files too
    // The newest of each of the latest so many days, weeks and months stay; all 0: every one.
    std::int64_t keep_daily = 7;
    std::int64_t keep_weekly = 4;
    std::int64_t keep_monthly = 12;
    bool operator==(const backup_settings&) const = default;
};

struct settings {
    server_settings server;
    tls_settings tls;
    site_settings site;
    comments_settings comments;
    posting_settings posting;
    moderation_settings moderation;
    limits_settings limits;
    store_settings store;
    cache_settings cache;
    metrics_settings metrics;
    log_settings log;
    backup_settings backup;

    // Where relative paths begin: the folder of the settings file, or the present one without it.
    std::filesystem::path base = ".";

    [[nodiscard]] std::filesystem::path resolve(const std::string& path) const {
        return (base / path).lexically_normal();
    }

    bool operator==(const settings&) const = default;
};

}  // namespace palabre::config
