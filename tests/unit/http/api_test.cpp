// SPDX-License-Identifier: Apache-2.0
#include "http/api.hpp"

#include "store/memory/memory_store.hpp"
#include "support/asking.hpp"
#include "support/drafts.hpp"
#include "support/fakes.hpp"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <stdexcept>

namespace palabre::http {
namespace {

using test::asking;
using test::header_of;
using test::text_of;
using testing::HasSubstr;
using testing::Not;

class api_test : public testing::Test {
protected:
    response ask(const asking& asked) { return api_.handle(asked.request()); }

    response post(const std::string& json) {
        return ask(asking("POST", "/commentaires").json(json));
    }

    static boost::json::value json_of(const response& answer) {
        return boost::json::parse(text_of(answer));
    }

    static api_options options_with(std::vector<std::string>& faults) {
        api_options options;
        options.version = "1.2.3";
        options.contract_json = R"({"openapi":"3.1.0"})";
        options.allowed_origins = {"https://friend.example"};
        options.edit_secret = std::string(32, 's');
        options.report_fault = [&faults](std::string_view id, std::string_view reason) {
            faults.push_back(std::string(id) + " " + std::string(reason));
        };
        return options;
    }

    static constexpr const char* draft =
        R"({"sectionId":"projets","author":"Inès","text":"Bravo *à tous*"})";

    std::vector<std::string> faults_;
    test::fake_clock clock_;
    test::counting_ids ids_;
    page_cache cache_{10'000'000};
    store::memory_store inner_{clock_, &cache_};
    test::breakable_store store_{inner_};
    api api_{options_with(faults_), {store_, inner_, inner_, clock_, ids_}, cache_};
};

TEST_F(api_test, posts_and_says_where_the_comment_stands) {
    const auto posted = post(draft);
    EXPECT_EQ(posted.status, 201U);
    EXPECT_EQ(posted.route, "POST /commentaires");
    EXPECT_EQ(header_of(posted, "cache-control"), "no-store");
    const auto location = header_of(posted, "location");
    const auto found = ask(asking("GET", location));
    EXPECT_EQ(found.status, 200U);
    auto without_permit = json_of(posted).as_object();
    EXPECT_EQ(without_permit.erase("editToken"), 1U);
    EXPECT_EQ(without_permit.erase("editableUntil"), 1U);
    EXPECT_EQ(json_of(found), without_permit);
    EXPECT_EQ(found.route, "GET /commentaires/{id}");
}

TEST_F(api_test, shows_a_posted_comment_at_once_though_the_page_was_cached) {
    const auto asked = asking("GET", "/commentaires?sectionId=projets");
    EXPECT_EQ(json_of(ask(asked)).at("total").as_int64(), 0);
    ASSERT_TRUE(api_.answer_at_once(asked.request()));
    post(draft);
    EXPECT_FALSE(api_.answer_at_once(asked.request()));
    EXPECT_EQ(json_of(ask(asked)).at("total").as_int64(), 1);
    const auto cached = api_.answer_at_once(asked.request());
    ASSERT_TRUE(cached);
    EXPECT_EQ(text_of(*cached), text_of(ask(asked)));
    EXPECT_EQ(cached->route, "GET /commentaires");
}

TEST_F(api_test, answers_304_to_who_has_the_page) {
    const auto first = ask(asking("GET", "/commentaires?sectionId=projets"));
    const auto etag = header_of(first, "etag");
    const auto again =
        ask(asking("GET", "/commentaires?sectionId=projets").with("If-None-Match", etag));
    EXPECT_EQ(again.status, 304U);
    EXPECT_EQ(size_of(again.body), 0U);
    EXPECT_EQ(header_of(again, "etag"), etag);
    post(draft);
    const auto changed =
        ask(asking("GET", "/commentaires?sectionId=projets").with("If-None-Match", etag));
    EXPECT_EQ(changed.status, 200U);
}

TEST_F(api_test, compresses_pages_that_are_large_enough) {
    const auto small =
        asking("GET", "/commentaires?sectionId=projets").with("Accept-Encoding", "br");
    EXPECT_EQ(header_of(ask(small), "content-encoding"), "(absent)");
    for (int i = 0; i < 20; ++i)
        post(draft);
    const auto plain = ask(asking("GET", "/commentaires?sectionId=projets"));
    const auto packed = ask(small);
    EXPECT_EQ(header_of(packed, "content-encoding"), "br");
    EXPECT_LT(size_of(packed.body), size_of(plain.body) / 2);
    EXPECT_NE(header_of(packed, "etag"), header_of(plain, "etag"));
}

TEST_F(api_test, refuses_bad_parameters) {
    const std::pair<const char*, const char*> cases[] = {
        {"/commentaires", "missing-section"},
        {"/commentaires?sectionId=", "missing-section"},
        {"/commentaires?sectionId=a%00", "invalid-section"},
        {"/commentaires?sectionId=%FF", "invalid-section"},
        {"/commentaires?sectionId=a&limit=0", "invalid-limit"},
        {"/commentaires?sectionId=a&limit=101", "invalid-limit"},
        {"/commentaires?sectionId=a&limit=-1", "invalid-limit"},
        {"/commentaires?sectionId=a&limit=+1", "invalid-limit"},
        {"/commentaires?sectionId=a&limit=2x", "invalid-limit"},
        {"/commentaires?sectionId=a&limit=99999999999999999999", "invalid-limit"},
        {"/commentaires?sectionId=a&cursor=", "invalid-cursor"},
        {"/commentaires?sectionId=a&cursor=abc", "invalid-cursor"},
        {"/commentaires/counts", "missing-section"},
    };
    for (const auto& [target, name] : cases) {
        const auto answer = ask(asking("GET", target));
        EXPECT_EQ(answer.status, 400U) << target;
        EXPECT_EQ(header_of(answer, "content-type"), "application/problem+json");
        EXPECT_THAT(text_of(answer), HasSubstr(name)) << target;
    }
    EXPECT_EQ(ask(asking("GET", "/commentaires?sectionId=a&limit=100&other=1")).status, 200U);
}

TEST_F(api_test, tells_unknown_places_from_wrong_methods) {
    EXPECT_EQ(ask(asking("GET", "/commentaires/")).status, 404U);
    EXPECT_EQ(ask(asking("GET", "/commentaires/a/b")).status, 404U);
    EXPECT_EQ(ask(asking("GET", "/commentaires/nonsense")).status, 404U);
    const auto wrong = ask(asking("DELETE", "/commentaires"));
    EXPECT_EQ(wrong.status, 405U);
    EXPECT_EQ(header_of(wrong, "allow"), "GET, HEAD, POST, OPTIONS");
    const auto preview = ask(asking("GET", "/commentaires/preview"));
    EXPECT_EQ(preview.status, 405U);
    EXPECT_EQ(header_of(preview, "allow"), "POST, OPTIONS");
    EXPECT_EQ(ask(asking("BREW", "/health")).status, 405U);
}

TEST_F(api_test, answers_head_as_get) {
    EXPECT_EQ(ask(asking("HEAD", "/commentaires?sectionId=a")).status, 200U);
    EXPECT_EQ(ask(asking("HEAD", "/health")).status, 200U);
}

TEST_F(api_test, keeps_foreign_pages_out_and_friends_in) {
    const auto from = [](const char* origin) {
        return asking("POST", "/commentaires").with("Origin", origin).json(draft);
    };
    const auto refused = ask(from("https://evil.example"));
    EXPECT_EQ(refused.status, 403U);
    EXPECT_EQ(header_of(refused, "access-control-allow-origin"), "(absent)");
    EXPECT_EQ(inner_.list({"projets", std::nullopt, 10}).total, 0U);
    const auto taken = ask(from("https://friend.example"));
    EXPECT_EQ(taken.status, 201U);
    EXPECT_EQ(header_of(taken, "access-control-allow-origin"), "https://friend.example");
    const auto preflight =
        ask(asking("OPTIONS", "/commentaires").with("Origin", "https://friend.example"));
    EXPECT_EQ(preflight.status, 204U);
    EXPECT_EQ(header_of(preflight, "access-control-allow-origin"), "https://friend.example");
}

TEST_F(api_test, says_when_the_store_is_away_and_tells_the_reason_to_the_owner_alone) {
    store_.break_down();
    for (const auto& asked :
         {asking("POST", "/commentaires").json(draft),
          asking("GET", "/commentaires?sectionId=a"),
          asking("GET", "/commentaires/counts?sectionId=a")}) {
        const auto answer = ask(asked);
        EXPECT_EQ(answer.status, 503U);
        EXPECT_EQ(header_of(answer, "retry-after"), "1");
        EXPECT_THAT(text_of(answer), Not(HasSubstr("secret")));
    }
    ASSERT_EQ(faults_.size(), 3U);
    EXPECT_EQ(faults_[0], "0123456789abcdef the disk is on fire at /secret/path");
    store_.mend();
    EXPECT_EQ(post(draft).status, 201U);
}

TEST_F(api_test, reports_its_health) {
    const auto well = ask(asking("GET", "/health"));
    EXPECT_EQ(well.status, 200U);
    EXPECT_EQ(
        text_of(well), R"({"status":"ok","version":"1.2.3","checks":{"store":{"status":"ok"}}})"
    );
    store_.break_down();
    const auto ill = ask(asking("GET", "/health"));
    EXPECT_EQ(ill.status, 503U);
    EXPECT_THAT(text_of(ill), HasSubstr(R"("status":"failing","detail":"The comments cannot)"));
    EXPECT_THAT(text_of(ill), Not(HasSubstr("secret")));
    EXPECT_EQ(faults_.size(), 1U);
}

TEST_F(api_test, serves_readers_when_only_writing_is_broken) {
    auto options = options_with(faults_);
    options.health_checks = {
        {"disk",
         [] { throw std::runtime_error("no space at /secret"); },
         "Nothing can be written.",
         need::to_write}
    };
    api full(options, {store_, inner_, inner_, clock_, ids_}, cache_);
    const auto answer = full.handle(asking("GET", "/health").request());
    EXPECT_EQ(answer.status, 200U);
    EXPECT_EQ(
        text_of(answer),
        R"({"status":"degraded","version":"1.2.3","checks":{"store":{"status":"ok"},)"
        R"("disk":{"status":"failing","detail":"Nothing can be written."}}})"
    );
}

TEST_F(api_test, serves_its_contract) {
    const auto contract = ask(asking("GET", "/openapi.json"));
    EXPECT_EQ(text_of(contract), R"({"openapi":"3.1.0"})");
    const auto again =
        ask(asking("GET", "/openapi.json").with("If-None-Match", header_of(contract, "etag")));
    EXPECT_EQ(again.status, 304U);
}

TEST_F(api_test, walks_pages_by_the_cursors_it_gives) {
    std::vector<comment> many;
    for (std::uint64_t n = 1; n <= 55; ++n)
        many.push_back(test::nth_comment(n));
    inner_.add_missing(many);
    std::string target = "/commentaires?sectionId=projets";
    std::set<std::string> seen;
    for (int page = 0; page < 3; ++page) {
        const auto body = json_of(ask(asking("GET", target)));
        for (const auto& c : body.at("comments").as_array()) {
            seen.insert(std::string(c.at("id").as_string()));
        }
        const auto* next = body.as_object().if_contains("nextCursor");
        ASSERT_EQ(next != nullptr, page < 2);
        if (next != nullptr) {
            target = "/commentaires?sectionId=projets&cursor=" + std::string(next->as_string());
        }
    }
    EXPECT_EQ(seen.size(), 55U);
}

TEST_F(api_test, owns_its_paths_and_leaves_the_site_alone) {
    for (const char* path : {"/commentaires", "/commentaires/x", "/health", "/openapi.json"}) {
        EXPECT_TRUE(api_.owns(path)) << path;
    }
    for (const char* path : {"/", "/commentairesx", "/healthy", "/health/", "/projets"}) {
        EXPECT_FALSE(api_.owns(path)) << path;
    }
}

}  // namespace
}  // namespace palabre::http
