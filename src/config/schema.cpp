// SPDX-License-Identifier: Apache-2.0
#include "config/schema.hpp"

#include "config/text_rules.hpp"

#include <array>

namespace palabre::config {
namespace {

constexpr std::int64_t day_s = 24 * 60 * 60;

// Where a section stands among the settings.
template <class section>
constexpr section settings::* where = nullptr;
template <>
constexpr auto where<server_settings> = &settings::server;
template <>
constexpr auto where<tls_settings> = &settings::tls;
template <>
constexpr auto where<site_settings> = &settings::site;
template <>
constexpr auto where<comments_settings> = &settings::comments;
template <>
constexpr auto where<posting_settings> = &settings::posting;
template <>
constexpr auto where<moderation_settings> = &settings::moderation;
template <>
constexpr auto where<limits_settings> = &settings::limits;
template <>
constexpr auto where<store_settings> = &settings::store;
template <>
constexpr auto where<cache_settings> = &settings::cache;
template <>
constexpr auto where<metrics_settings> = &settings::metrics;
template <>
constexpr auto where<log_settings> = &settings::log;

template <class>
struct section_of;
template <class section, class value>
struct section_of<value section::*> {
    using type = section;
};

// of<&server_settings::http> finds that setting.
template <auto member>
place of(settings& in) {
    return &((in.*where<typename section_of<decltype(member)>::type>) .*member);
}

using accepting = bool (*)(std::string_view);

// `name` is "section.key".
constexpr field named(std::string_view name, place (*of)(settings&), std::string_view help) {
    const auto dot = name.find('.');
    field made;
    made.section = name.substr(0, dot);
    made.key = name.substr(dot + 1);
    made.of = of;
    made.help = help;
    return made;
}

constexpr field flag(std::string_view name, place (*of)(settings&), std::string_view help) {
    return named(name, of, help);
}

constexpr field number(
    std::string_view name,
    place (*of)(settings&),
    std::int64_t least,
    std::int64_t most,
    std::string_view help
) {
    field made = named(name, of, help);
    made.least = least;
    made.most = most;
    return made;
}

// A text, or a list of them.
constexpr field text(
    std::string_view name,
    place (*of)(settings&),
    accepting accepts,
    std::string_view instead,
    std::string_view help
) {
    field made = named(name, of, help);
    made.accepts = accepts;
    made.instead = instead;
    return made;
}

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
        "store.folder",
        of<&store::folder>,
        is_named_path,
        a_path,
        "database and self-signed certificate"
    ),
    number("store.readers", of<&store::readers>, 1, 64, "reads of the database at a time"),
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
});

}  // namespace

std::span<const field> schema() {
    return fields;
}

}  // namespace palabre::config
