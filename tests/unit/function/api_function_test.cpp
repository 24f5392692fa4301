// SPDX-License-Identifier: Apache-2.0
#include "home/function/api_function.hpp"

#include "home/function/startup_error.hpp"
#include "store/memory/memory_store.hpp"
#include "support/fakes.hpp"
#include "support/temporary_folder.hpp"

#include <boost/json.hpp>
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <memory>

namespace palabre::function {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;

class api_function_test : public testing::Test {
public:
    ~api_function_test() override { ::close(descriptor_); }
    api_function_test(const api_function_test&) = delete;
    api_function_test& operator=(const api_function_test&) = delete;

protected:
    api_function_test() : file_(folder_.path() / "log") {
        descriptor_ = ::open(file_.c_str(), O_CREAT | O_WRONLY | O_APPEND, 0600);
        log_ = std::make_unique<invocation_log>(descriptor_, "api", invocation_log::start::cold);
        chosen_.edit_secret = std::string(32, 's');
        chosen_.common.posting.key_required = false;
    }

    api_function make(comment_store& comments) {
        return api_function(
            {
                {comments, store_, store_, clock_, ids_},
                pages_,
                stamps_,
                time_,
                *log_,
                [this](std::string_view said) { told_.emplace_back(said); },
                [this] { return now_; },
            },
            chosen_
        );
    }

    lambda::invocation get(const std::string& path, const std::string& more = "") {
        lambda::invocation asked;
        asked.request_id = "invocation-1";
        asked.event = R"({"httpMethod":"GET","path":")" + path +
                      R"(","requestContext":{"requestId":"r-1"})" + more + "}";
        asked.deadline_ms = clock_.now().ms + 10'000;
        return asked;
    }
    static boost::json::value parsed(const std::string& answer) {
        return boost::json::parse(answer);
    }
    std::vector<boost::json::value> log_lines() {
        std::vector<boost::json::value> lines;
        std::ifstream in(file_);
        for (std::string line; std::getline(in, line);)
            lines.push_back(boost::json::parse(line));
        return lines;
    }

    test::temporary_folder folder_;
    std::filesystem::path file_;
    int descriptor_ = -1;
    std::unique_ptr<invocation_log> log_;
    test::fake_clock clock_;
    test::counting_ids ids_;
    http::page_cache pages_{api_function::cache_bytes};
    test::told_stamps stamps_;
    store::memory_store store_{clock_, &pages_};
    invocation_time time_;
    function_settings chosen_;
    api_function::clock::time_point now_{std::chrono::hours(2)};
    std::vector<std::string> told_;
};

TEST_F(api_function_test, answers_and_writes_down_what_it_answered) {
    auto api = make(store_);
    const auto answer = parsed(api.answer(get("/commentaires?", R"(,"queryStringParameters":
        {"sectionId":"projets"})")));
    EXPECT_EQ(answer.at("statusCode"), 404) << "a path is no target";
    const auto page = parsed(
        api.answer(get("/commentaires", R"(,"queryStringParameters":{"sectionId":"projets"})"))
    );
    EXPECT_EQ(page.at("statusCode"), 200);
    const auto lines = log_lines();
    ASSERT_EQ(lines.size(), 4U);
    EXPECT_EQ(lines[2].at("route"), "GET /commentaires");
    EXPECT_EQ(lines[2].at("request_id"), "r-1");
    EXPECT_EQ(lines[2].at("function_request_id"), "invocation-1");
    EXPECT_EQ(lines[2].at("bytes"), page.at("body").as_string().size());
    EXPECT_EQ(lines[1].at("ColdStart"), 1);
    EXPECT_EQ(lines[3].at("RemainingTime"), 10'000);
    EXPECT_FALSE(lines[2].as_object().contains("address"));
}

// The store must not even be asked: nobody would know whether what it began was done.
TEST_F(api_function_test, begins_nothing_when_there_is_no_time) {
    test::breakable_store untouchable(store_);
    untouchable.break_down();
    chosen_.common.comments.allowed_origins = {"https://friend.example"};
    auto api = make(untouchable);
    auto asked =
        get("/commentaires",
            R"(,"queryStringParameters":{"sectionId":"projets"},
            "headers":{"origin":"https://friend.example"})");
    asked.deadline_ms = clock_.now().ms + invocation_time::reserve.count();
    const auto answer = parsed(api.answer(asked));
    EXPECT_EQ(answer.at("statusCode"), 503);
    EXPECT_THAT(std::string(answer.at("body").as_string()), HasSubstr("no time left"));
    const auto& headers = answer.at("multiValueHeaders").as_object();
    EXPECT_EQ(headers.at("retry-after").at(0), "1");
    EXPECT_EQ(headers.at("access-control-allow-origin").at(0), "https://friend.example");
    EXPECT_THAT(told_, testing::IsEmpty());
    EXPECT_EQ(log_lines().at(0).at("route"), "too late");
}

// Another environment of the function writes, and this one's cache hears nothing of it.
TEST_F(api_function_test, shows_what_others_wrote_after_a_page_was_kept) {
    store::memory_store unheard(clock_, nullptr);
    auto api = make(unheard);
    const auto event = get("/commentaires", R"(,"queryStringParameters":{"sectionId":"projets"})");
    const auto total = [&] {
        const auto answer = parsed(api.answer(event));
        return boost::json::parse(answer.at("body").as_string()).at("total").as_int64();
    };
    EXPECT_EQ(total(), 0);
    EXPECT_EQ(total(), 0);
    comment other;
    other.id = ids_.next(clock_.now());
    other.at = clock_.now();
    other.section = "projets";
    other.author = "Zoé";
    other.text = "Bravo";
    other.html = "<p>Bravo</p>\n";
    unheard.post(other, std::nullopt);
    EXPECT_EQ(total(), 0) << "kept as long as the stamp says so";
    stamps_.now = "2";
    clock_.advance_ms(http::kept_pages::stamp_believed_ms);
    EXPECT_EQ(total(), 1);
    EXPECT_EQ(total(), 1);
}

TEST_F(api_function_test, says_what_broke_to_the_log_alone) {
    test::breakable_store broken(store_);
    broken.break_down();
    auto api = make(broken);
    const auto answer = parsed(api.answer(get("/health")));
    EXPECT_EQ(answer.at("statusCode"), 503);
    EXPECT_THAT(std::string(answer.at("body").as_string()), Not(HasSubstr("/secret/path")));
    EXPECT_THAT(
        told_, testing::ElementsAre(HasSubstr("request r-1: health: store: the disk is on"))
    );
    EXPECT_EQ(log_lines().at(1).at("ServerErrors"), 1);
}

TEST_F(api_function_test, writes_down_what_is_no_request) {
    auto api = make(store_);
    auto asked = get("");
    asked.event = R"({"source":"aws.events"})";
    EXPECT_THROW(static_cast<void>(api.answer(asked)), lambda::event_error);
    const auto lines = log_lines();
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(lines[0].at("route"), "failed");
    EXPECT_EQ(lines[0].at("function_request_id"), "invocation-1");
    EXPECT_EQ(lines[1].at("ServerErrors"), 1);
}

TEST_F(api_function_test, shows_addresses_when_the_owner_asks_for_them) {
    chosen_.common.server.log_addresses = true;
    chosen_.client_header = "cloudfront-viewer-address";
    auto api = make(store_);
    static_cast<void>(
        api.answer(get("/health", R"(,"headers":{"CloudFront-Viewer-Address":"198.51.100.9:443"})"))
    );
    EXPECT_EQ(log_lines().at(0).at("address"), "198.51.100.9");
}

TEST_F(api_function_test, limits_posts_by_client) {
    chosen_.common.limits.posts_burst = 1;
    chosen_.common.moderation.hold_duplicates = false;
    auto api = make(store_);
    const auto post = [&] {
        auto asked =
            get("/commentaires",
                R"(,"headers":{"content-type":"application/json"},
                "body":"{\"sectionId\":\"a\",\"author\":\"b\",\"text\":\"c\"}")");
        asked.event.replace(asked.event.find("GET"), 3, "POST");
        return parsed(api.answer(asked)).at("statusCode").as_int64();
    };
    EXPECT_EQ(post(), 201);
    EXPECT_EQ(post(), 429);
}

TEST_F(api_function_test, uses_new_settings_from_the_next_event_on) {
    std::string origin = "https://one.example";
    settings_source source({}, "/p/", [&](auto) {
        return std::vector<stored_parameter>{
            {"/p/edit_secret", std::string(32, 's')}, {"/p/comments/allowed_origins", origin}
        };
    });
    chosen_ = source.first(now_);
    auto api = make(store_);
    const auto ask = [&] {
        return parsed(api.answer(
                          get("/commentaires",
                              R"(,"queryStringParameters":{"sectionId":"a"},
                                  "headers":{"origin":"https://two.example"})")
                      ))
            .at("statusCode")
            .as_int64();
    };
    EXPECT_EQ(ask(), 403);
    origin = "https://two.example";
    api.look_for_new_settings(source);
    EXPECT_EQ(ask(), 403) << "the time has not come";
    now_ += settings_source::keep;
    EXPECT_EQ(ask(), 403);
    api.look_for_new_settings(source);
    EXPECT_EQ(ask(), 200);
    EXPECT_THAT(told_, testing::ElementsAre(HasSubstr("the settings have changed")));
}

}  // namespace
}  // namespace palabre::function
