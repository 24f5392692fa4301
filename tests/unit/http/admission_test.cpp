// SPDX-License-Identifier: Apache-2.0
// Who may do what, from where: keys, roles, origins and rates, as the API answers them.
#include "http/api.hpp"
#include "service/keys.hpp"
#include "store/memory/memory_store.hpp"
#include "support/asking.hpp"
#include "support/fakes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace palabre::http {
namespace {

using test::asking;
using test::header_of;
using test::text_of;
using testing::HasSubstr;

constexpr const char* draft = R"({"sectionId":"projets","author":"Inès","text":"Bravo"})";

class admission_test : public testing::Test {
protected:
    admission_test() {
        options_.allowed_origins = {"https://friend.example", "https://other.example"};
        options_.edit_secret = std::string(32, 's');
        options_.rules.key_required = true;
        options_.rules.open_sections = {"guestbook"};
    }

    std::string key(role may, std::vector<std::string> origins = {}, std::uint32_t per_day = 0) {
        api_key wanted;
        wanted.name = "k";
        wanted.may = may;
        wanted.origins = std::move(origins);
        wanted.posts_per_day = per_day;
        const auto made = issue_key(wanted, std::string(key_entropy_bytes, ++letter_));
        store_.add_key(made.stored);
        return made.text;
    }

    response ask(const asking& asked) {
        api app(options_, {store_, store_, store_, clock_, ids_}, cache_);
        return app.handle(asked.request());
    }

    static asking posting(const std::string& with_key, const std::string& from = {}) {
        auto made = asking("POST", "/commentaires").json(draft);
        if (!with_key.empty()) made.with("x-api-key", with_key);
        if (!from.empty()) made.with("origin", from);
        return made;
    }

    char letter_ = 'a';
    api_options options_;
    test::fake_clock clock_;
    test::counting_ids ids_;
    page_cache cache_{1'000'000};
    store::memory_store store_{clock_, &cache_};
};

TEST_F(admission_test, posting_needs_a_key_but_where_the_owner_allows_it) {
    const auto refused = ask(posting(""));
    EXPECT_EQ(refused.status, 401U);
    EXPECT_THAT(text_of(refused), HasSubstr("key-required"));
    EXPECT_EQ(ask(posting(key(role::site))).status, 201U);
    EXPECT_EQ(
        ask(asking("POST", "/commentaires")
                .json(R"({"sectionId":"guestbook","author":"I","text":"B"})"))
            .status,
        201U
    );
    options_.rules.key_required = false;
    EXPECT_EQ(ask(posting("")).status, 201U);
    EXPECT_EQ(ask(posting("plb_wrong")).status, 401U) << "a wrong key is a mistake in any case";
}

// From where a page may post, with which key. The server itself is http://blog.example.
TEST_F(admission_test, keys_and_origins) {
    const std::string any = key(role::site);
    const std::string friends = key(role::site, {"https://friend.example"});
    const std::string own = key(role::site, {"http://blog.example"});
    struct entry {
        const std::string& key;
        const char* origin;
        unsigned status;
        const char* problem;
    };
    const entry cases[] = {
        {any, "", 201, ""},
        {any, "http://blog.example", 201, ""},
        {any, "https://friend.example", 201, ""},
        {any, "https://evil.example", 403, "origin-refused"},
        {any, "null", 403, "origin-refused"},
        {friends, "https://friend.example", 201, ""},
        {friends, "https://other.example", 403, "key-refused"},
        {friends, "http://blog.example", 403, "key-refused"},
        {friends, "", 403, "key-refused"},
        {friends, "https://friend.example.evil.example", 403, "origin-refused"},
        {friends, "https://evil.example", 403, "origin-refused"},
        {own, "http://blog.example", 201, ""},
        {own, "https://blog.example", 403, "origin-refused"},
        {own, "https://friend.example", 403, "key-refused"},
    };
    for (const auto& each : cases) {
        const auto answer = ask(posting(each.key, each.origin));
        EXPECT_EQ(answer.status, each.status) << each.origin;
        EXPECT_THAT(text_of(answer), HasSubstr(each.problem)) << each.origin;
        const bool readable = std::string_view(each.problem) != "origin-refused";
        EXPECT_EQ(
            header_of(answer, "access-control-allow-origin"),
            readable && *each.origin != '\0' ? each.origin : "(absent)"
        );
    }
}

TEST_F(admission_test, the_keys_of_a_gateway_are_its_own_business) {
    const auto theirs =
        "wK3vT0aZ9qLmN4xR7sBd2cFhJ";  // a page sends it with previews and edits as well
    EXPECT_THAT(text_of(ask(posting(theirs))), HasSubstr("invalid-key"));
    options_.behind_gateway = true;
    EXPECT_THAT(text_of(ask(posting(theirs))), HasSubstr("key-required"))
        << "it opens nothing here";
    EXPECT_EQ(ask(posting(key(role::site))).status, 201U);
    const auto revoked = issue_key({}, std::string(key_entropy_bytes, 'z')).text;
    EXPECT_THAT(text_of(ask(posting(revoked))), HasSubstr("invalid-key")) << "ours stay ours";
    options_.rules.key_required = false;
    EXPECT_EQ(ask(posting(theirs)).status, 201U);
}

// What a foreign page can make a browser send without asking first (the Fetch standard's "simple"
// requests) must change nothing.
TEST_F(admission_test, a_foreign_page_cannot_post_behind_the_readers_back) {
    options_.rules.key_required = false;
    for (const char* type :
         {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""}) {
        for (const char* origin : {"https://evil.example", "null", "http://blog.example", ""}) {
            auto asked = asking("POST", "/commentaires").with("content-type", type).body(draft);
            if (*origin != '\0') asked.with("origin", origin);
            const auto status = ask(asked).status;
            EXPECT_TRUE(status == 403U || status == 415U) << type << " from " << origin;
        }
    }
    EXPECT_EQ(store_.list({"projets", std::nullopt, 10}).total, 0U);
}

TEST_F(admission_test, moderation_is_for_moderators_and_admins) {
    const auto queue = [&](const std::string& with_key) {
        auto asked = asking("GET", "/moderation/commentaires");
        if (!with_key.empty()) asked.with("x-api-key", with_key);
        return ask(asked).status;
    };
    EXPECT_EQ(queue(""), 401U);
    EXPECT_EQ(queue(key(role::site)), 403U);
    EXPECT_EQ(queue(key(role::moderator)), 200U);
    EXPECT_EQ(queue(key(role::admin)), 200U);
}

TEST_F(admission_test, a_quota_ends_at_midnight) {
    const auto limited = key(role::site, {}, 1);
    EXPECT_EQ(ask(posting(limited)).status, 201U);
    const auto refused = ask(posting(limited));
    EXPECT_EQ(refused.status, 429U);
    EXPECT_THAT(text_of(refused), HasSubstr("quota-exceeded"));
    const auto seconds = std::stol(header_of(refused, "retry-after"));
    clock_.advance_ms(seconds * 1000 - 1000);
    EXPECT_EQ(ask(posting(limited)).status, 429U);
    clock_.advance_ms(1000);
    EXPECT_EQ(ask(posting(limited)).status, 201U);
}

TEST_F(admission_test, posts_have_a_rate_by_client_and_moderators_have_none) {
    guard::post_quotas quotas;
    quotas.client = {1, std::chrono::minutes(1), 2};
    guard::post_limits limits(quotas);
    options_.post_limits = &limits;
    const auto site = key(role::site);
    EXPECT_EQ(header_of(ask(posting(site)), "ratelimit-policy"), "\"posts-by-client\";q=2;w=120");
    EXPECT_EQ(ask(posting(site)).status, 201U);
    const auto refused = ask(posting(site));
    EXPECT_EQ(refused.status, 429U);
    EXPECT_THAT(text_of(refused), HasSubstr("too-many-requests"));
    EXPECT_EQ(header_of(refused, "retry-after"), "60");
    EXPECT_EQ(ask(posting(key(role::moderator))).status, 201U);
    EXPECT_EQ(limits.refused(guard::post_scope::client), 1U);
}

TEST_F(admission_test, a_key_brings_a_rate_of_its_own) {
    api_key wanted;
    wanted.posts_per_minute = 1;
    const auto made = issue_key(wanted, std::string(key_entropy_bytes, 'z'));
    store_.add_key(made.stored);
    guard::post_limits limits(guard::post_quotas{});
    options_.post_limits = &limits;
    EXPECT_EQ(ask(posting(made.text)).status, 201U);
    const auto refused = ask(posting(made.text));
    EXPECT_EQ(refused.status, 429U);
    EXPECT_THAT(header_of(refused, "ratelimit"), HasSubstr("posts-by-key"));
    EXPECT_EQ(ask(posting(key(role::site))).status, 201U) << "another key is not slowed down";
}

}  // namespace
}  // namespace palabre::http
