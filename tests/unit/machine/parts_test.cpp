// SPDX-License-Identifier: Apache-2.0
// What the server is made of, without the program.
#include "contract/openapi_json.hpp"
#include "home/machine/absent_site.hpp"
#include "home/machine/greeting.hpp"
#include "home/machine/health.hpp"
#include "home/machine/metrics_page.hpp"
#include "home/machine/options_of.hpp"
#include "store/memory/memory_store.hpp"
#include "system/system_clock.hpp"

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace palabre::machine {
namespace {

using ::testing::HasSubstr;

TEST(contract, is_part_of_the_program) {
    const auto document = boost::json::parse(openapi_json());
    EXPECT_EQ(document.at("openapi").as_string(), "3.1.0");
    EXPECT_TRUE(document.at("paths").as_object().contains("/commentaires"));
    EXPECT_EQ(document.as_object().begin()->key(), "openapi") << "in the order of the source";
}

TEST(options_of, defaults_are_those_of_the_parts) {
    const config::settings chosen;
    const limits expected;
    const auto made = limits_of(chosen);
    EXPECT_EQ(made.author_characters, expected.author_characters);
    EXPECT_EQ(made.text_characters, expected.text_characters);
    EXPECT_EQ(made.website_characters, expected.website_characters);
    EXPECT_EQ(made.reply_depth, expected.reply_depth);
    EXPECT_EQ(made.page_default, expected.page_default);
    EXPECT_EQ(made.page_max, expected.page_max);
    EXPECT_EQ(made.whole_section, expected.whole_section);
    const auto server = server_options_of(chosen);
    const server::options usual;
    EXPECT_EQ(server.connections_max, usual.connections_max);
    EXPECT_EQ(server.limits.body_bytes, usual.limits.body_bytes);
    EXPECT_EQ(server.times.head, usual.times.head);
    EXPECT_EQ(server.times.body, usual.times.body);
    EXPECT_EQ(server.times.keep_alive, usual.times.keep_alive);
    EXPECT_EQ(server.times.write_progress, usual.times.write_progress);
    EXPECT_EQ(server.times.shutdown_grace, usual.times.shutdown_grace);
}

TEST(options_of, limits_become_quotas) {
    config::settings chosen;
    EXPECT_EQ(request_quota_of(chosen).spacing(), std::chrono::milliseconds(20));
    EXPECT_EQ(request_quota_of(chosen).burst(), 500U);
    EXPECT_EQ(post_quotas_of(chosen).client.spacing(), std::chrono::seconds(10));
    EXPECT_EQ(post_quotas_of(chosen).client.burst(), 10U);
    EXPECT_EQ(post_quotas_of(chosen).section.spacing(), std::chrono::seconds(1));
    EXPECT_EQ(post_quotas_of(chosen).section.burst(), 120U);
    EXPECT_FALSE(post_quotas_of(chosen).key.limits());
    chosen.limits = {0, 1, 0, 1, 0, 1};
    EXPECT_FALSE(request_quota_of(chosen).limits());
    EXPECT_FALSE(post_quotas_of(chosen).client.limits());
    EXPECT_FALSE(post_quotas_of(chosen).section.limits());
    chosen.limits = {1'000'000, 1'000'000, 1, 1'000'000, 1'000'000, 1'000'000};
    EXPECT_TRUE(request_quota_of(chosen).limits());
    EXPECT_TRUE(post_quotas_of(chosen).client.limits());
}

TEST(options_of, proxies_are_believed_in_the_header_they_write) {
    struct header {
        std::string_view name, value;
    };
    const std::vector<header> sent{
        {"x-forwarded-for", "192.0.2.1"}, {"forwarded", "for=192.0.2.2"}
    };
    const guard::request_origin proxy{*parse_ip_address("10.1.2.3"), false};
    config::settings chosen;
    const auto client = [&] {
        return to_string(server_options_of(chosen).proxies.find_origin(proxy, sent).client);
    };
    EXPECT_EQ(client(), "10.1.2.3");
    chosen.server.trusted_proxies = {"::1", "10.0.0.0/8"};
    EXPECT_EQ(client(), "192.0.2.1");
    chosen.server.forwarded_header = "forwarded";
    EXPECT_EQ(client(), "192.0.2.2");
}

TEST(options_of, endpoints_know_where_to_redirect) {
    config::settings chosen;
    chosen.server.http = {"127.0.0.1:80"};
    chosen.server.https = {"127.0.0.1:8443", "[::1]:8444"};
    chosen.server.redirect_to_https = true;
    const auto endpoints = server_options_of(chosen).endpoints;
    ASSERT_EQ(endpoints.size(), 3);
    EXPECT_EQ(endpoints[0].speaks, server::transport::redirect);
    EXPECT_EQ(endpoints[0].https_port, 8443);
    EXPECT_EQ(endpoints[1].speaks, server::transport::tls);
    EXPECT_EQ(endpoints[2].address, "::1");
}

TEST(options_of, the_site_follows_the_settings) {
    config::settings chosen;
    chosen.base = "/etc/palabre";
    EXPECT_EQ(site_options_of(chosen)->folder, "/etc/palabre/site");
    EXPECT_EQ(
        site_options_of(chosen)->content_security_policy, site::default_content_security_policy
    );
    EXPECT_EQ(site_options_of(chosen)->scripts, site::script_sharing::own_pages);
    chosen.site.content_security_policy = "none";
    chosen.comments.allowed_origins = {"https://a.example"};
    EXPECT_EQ(site_options_of(chosen)->content_security_policy, "");
    EXPECT_EQ(site_options_of(chosen)->scripts, site::script_sharing::any_page);
    chosen.site.folder = "";
    EXPECT_FALSE(site_options_of(chosen));
    chosen.metrics.listen = "off";
    EXPECT_FALSE(metrics_options_of(chosen));
}

TEST(greeting, writes_addresses_that_can_be_clicked) {
    const auto url = [](const char* address, std::uint16_t port, server::transport speaks) {
        server::endpoint where;
        where.address = address;
        where.port = port;
        where.speaks = speaks;
        return url_of(where);
    };
    using enum server::transport;
    EXPECT_EQ(url("127.0.0.1", 8080, plain), "http://127.0.0.1:8080");
    EXPECT_EQ(url("127.0.0.1", 80, plain), "http://127.0.0.1");
    EXPECT_EQ(url("127.0.0.1", 443, tls), "https://127.0.0.1");
    EXPECT_EQ(url("127.0.0.1", 443, plain), "http://127.0.0.1:443");
    EXPECT_EQ(url("::1", 8080, plain), "http://[::1]:8080");
    EXPECT_EQ(url("0.0.0.0", 8080, redirect), "http://localhost:8080");
    EXPECT_EQ(url("::", 8443, tls), "https://localhost:8443");
}

TEST(metrics_page, answers_at_one_path) {
    const metrics::request_metrics counts;
    const metrics::registry registry(counts, "1");
    metrics_page page(registry);
    http::request asked;
    asked.path = "/metrics";
    EXPECT_FALSE(page.answer_at_once(asked)) << "the database may be asked";
    const auto answer = page.handle(asked);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(*answer.find("content-type"), "text/plain; version=0.0.4; charset=utf-8");
    EXPECT_THAT(std::get<std::string>(answer.body), HasSubstr("palabre_build_info"));
    asked.verb = http::method::post;
    EXPECT_EQ(page.handle(asked).status, 405);
    asked.path = "/";
    EXPECT_EQ(page.handle(asked).status, 404);
}

TEST(absent_site, has_nothing) {
    absent_site absent;
    http::request asked;
    asked.path = "/index.html";
    EXPECT_EQ(absent.answer_at_once(asked)->status, 404);
}

// Neither that disk nor its absence keeps anybody from posting into a table.
TEST(machine_health, a_disk_counts_only_where_comments_come_to_it) {
    const system_clock wall;
    store::memory_store store(wall);
    config::settings chosen;
    chosen.store.folder = "/nowhere/at/all";
    EXPECT_FALSE(check_health({disk_check(chosen, store)}).passed());
    chosen.store.kind = "dynamodb";
    EXPECT_TRUE(check_health({disk_check(chosen, store)}).passed());
}

}  // namespace
}  // namespace palabre::machine
