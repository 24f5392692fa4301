// SPDX-License-Identifier: Apache-2.0
#include "config/schema.hpp"

#include "config/endpoint.hpp"

#include <algorithm>
#include <array>

namespace palabre::config {
namespace {

constexpr std::int64_t day_s = 24 * 60 * 60;

// Two members deep: place_of<&settings::server, &server_settings::http>.
template <auto section, auto member>
place place_of(settings& in) {
    return &((in.*section).*member);
}

bool is_endpoint(std::string_view text) {
    return parse_endpoint(text).has_value();
}

bool is_endpoint_or_off(std::string_view text) {
    return text == "off" || is_endpoint(text);
}

// What becomes part of a header must not end it.
bool is_one_line(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7f; });
}

bool is_path(std::string_view text) {
    return text.find('\0') == std::string_view::npos;
}

bool is_named_path(std::string_view text) {
    return !text.empty() && is_path(text);
}

// As browsers send it: scheme, host and port, in lower case, nothing after.
bool is_origin(std::string_view text) {
    if (text.starts_with("https://")) {
        text.remove_prefix(8);
    } else if (text.starts_with("http://")) {
        text.remove_prefix(7);
    } else {
        return false;
    }
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
               c == ':' || c == '[' || c == ']' || c == '_';
    };
    return !text.empty() && std::ranges::all_of(text, fits);
}

constexpr std::string_view an_endpoint =
    "write an address and a port, such as \"127.0.0.1:8080\" or \"[::1]:8080\"";
constexpr std::string_view an_origin =
    "write scheme and host as browsers send them, such as \"https://blog.example\", without a path";
constexpr std::string_view a_path = "write a path";

using s = settings;
using server = server_settings;
using tls = tls_settings;
using site = site_settings;
using comments = comments_settings;

constexpr auto fields = std::to_array<field>({
    {"server",
     "http",
     place_of<&s::server, &server::http>,
     0,
     0,
     is_endpoint,
     an_endpoint,
     "addresses for HTTP"},
    {"server",
     "https",
     place_of<&s::server, &server::https>,
     0,
     0,
     is_endpoint,
     an_endpoint,
     "addresses for HTTPS; needs [tls]"},
    {"server",
     "redirect_to_https",
     place_of<&s::server, &server::redirect_to_https>,
     0,
     0,
     nullptr,
     "",
     "http only sends readers to https"},
    {"server",
     "threads",
     place_of<&s::server, &server::threads>,
     0,
     1024,
     nullptr,
     "",
     "event loops; 0: one per processor"},
    {"server",
     "max_connections",
     place_of<&s::server, &server::max_connections>,
     1,
     1'000'000,
     nullptr,
     "",
     "beyond, the longest idle connection gives way"},
    {"server",
     "max_body_kb",
     place_of<&s::server, &server::max_body_kb>,
     1,
     16 * 1024,
     nullptr,
     "",
     "largest body of a request"},
    {"server",
     "head_timeout_s",
     place_of<&s::server, &server::head_timeout_s>,
     1,
     3600,
     nullptr,
     "",
     "for the head of a request to arrive"},
    {"server",
     "body_timeout_s",
     place_of<&s::server, &server::body_timeout_s>,
     1,
     3600,
     nullptr,
     "",
     "for its body"},
    {"server",
     "idle_timeout_s",
     place_of<&s::server, &server::idle_timeout_s>,
     1,
     3600,
     nullptr,
     "",
     "between two requests of one connection"},
    {"server",
     "write_timeout_s",
     place_of<&s::server, &server::write_timeout_s>,
     1,
     3600,
     nullptr,
     "",
     "a reader that takes nothing for so long is dropped"},
    {"server",
     "shutdown_grace_s",
     place_of<&s::server, &server::shutdown_grace_s>,
     0,
     3600,
     nullptr,
     "",
     "for requests under way when the server stops"},
    {"server",
     "log_addresses",
     place_of<&s::server, &server::log_addresses>,
     0,
     0,
     nullptr,
     "",
     "addresses of readers in the log"},

    {"tls",
     "certificate",
     place_of<&s::tls, &tls::certificate>,
     0,
     0,
     is_path,
     a_path,
     "PEM file, the server's own certificate first"},
    {"tls", "key", place_of<&s::tls, &tls::key>, 0, 0, is_path, a_path, "PEM file"},
    {"tls",
     "self_signed",
     place_of<&s::tls, &tls::self_signed>,
     0,
     0,
     nullptr,
     "",
     "make a certificate for localhost"},

    {"site",
     "folder",
     place_of<&s::site, &site::folder>,
     0,
     0,
     is_path,
     a_path,
     "files to serve; \"\": none"},
    {"site",
     "content_security_policy",
     place_of<&s::site, &site::content_security_policy>,
     0,
     0,
     is_one_line,
     "write \"default\", \"none\", or a policy in one line of ASCII",
     "\"default\", \"none\", or a policy"},
    {"site",
     "hsts_s",
     place_of<&s::site, &site::hsts_s>,
     0,
     10 * 365 * day_s,
     nullptr,
     "",
     "seconds of Strict-Transport-Security; 0: not sent"},

    {"comments",
     "allowed_origins",
     place_of<&s::comments, &comments::allowed_origins>,
     0,
     0,
     is_origin,
     an_origin,
     "other sites that may show and post comments"},
    {"comments",
     "author_characters",
     place_of<&s::comments, &comments::author_characters>,
     1,
     1000,
     nullptr,
     "",
     "longest name"},
    {"comments",
     "text_characters",
     place_of<&s::comments, &comments::text_characters>,
     1,
     100'000,
     nullptr,
     "",
     "longest comment"},
    {"comments",
     "website_characters",
     place_of<&s::comments, &comments::website_characters>,
     1,
     2000,
     nullptr,
     "",
     "longest address of an author's website"},
    {"comments",
     "reply_depth",
     place_of<&s::comments, &comments::reply_depth>,
     0,
     64,
     nullptr,
     "",
     "a reply to a reply to …; 0: no replies"},
    {"comments",
     "page_default",
     place_of<&s::comments, &comments::page_default>,
     1,
     1000,
     nullptr,
     "",
     "comments in a page when none is asked for"},
    {"comments",
     "page_max",
     place_of<&s::comments, &comments::page_max>,
     1,
     1000,
     nullptr,
     "",
     "comments in a page at most"},
    {"comments",
     "whole_section",
     place_of<&s::comments, &comments::whole_section>,
     0,
     1000,
     nullptr,
     "",
     "sections up to this come back whole"},

    {"store",
     "folder",
     place_of<&s::store, &store_settings::folder>,
     0,
     0,
     is_named_path,
     a_path,
     "database and self-signed certificate"},
    {"store",
     "readers",
     place_of<&s::store, &store_settings::readers>,
     1,
     64,
     nullptr,
     "",
     "reads of the database at a time"},
    {"cache",
     "megabytes",
     place_of<&s::cache, &cache_settings::megabytes>,
     0,
     64 * 1024,
     nullptr,
     "",
     "rendered pages of comments; 0: none"},
    {"metrics",
     "listen",
     place_of<&s::metrics, &metrics_settings::listen>,
     0,
     0,
     is_endpoint_or_off,
     "write an address and a port, such as \"127.0.0.1:9180\", or \"off\"",
     "for GET /metrics; or \"off\""},
    {"log",
     "destination",
     place_of<&s::log, &log_settings::destination>,
     0,
     0,
     is_named_path,
     "write \"stdout\", \"off\", or the path of a file",
     "\"stdout\", \"off\", or a file"},
    {"backup",
     "folder",
     place_of<&s::backup, &backup_settings::folder>,
     0,
     0,
     is_path,
     a_path,
     "where backups are kept; \"\": none are made by themselves"},
    {"backup",
     "every_hours",
     place_of<&s::backup, &backup_settings::every_hours>,
     1,
     366 * 24,
     nullptr,
     "",
     "between two backups"},
    {"backup",
     "site",
     place_of<&s::backup, &backup_settings::site>,
     0,
     0,
     nullptr,
     "",
     "the files of the site too"},
    {"backup",
     "keep_daily",
     place_of<&s::backup, &backup_settings::keep_daily>,
     0,
     3660,
     nullptr,
     "",
     "latest days of which the newest backup stays"},
    {"backup",
     "keep_weekly",
     place_of<&s::backup, &backup_settings::keep_weekly>,
     0,
     520,
     nullptr,
     "",
     "latest weeks of which the newest backup stays"},
    {"backup",
     "keep_monthly",
     place_of<&s::backup, &backup_settings::keep_monthly>,
     0,
     1200,
     nullptr,
     "",
     "latest months of which the newest backup stays"},
});

}  // namespace

std::span<const field> schema() {
    return fields;
}

}  // namespace palabre::config
