// SPDX-License-Identifier: Apache-2.0
#include "aws/client.hpp"

#include "aws/connection_error.hpp"
#include "support/temporary_folder.hpp"
#include "unit/aws/among.hpp"
#include "unit/aws/scripted_server.hpp"
#include "unit/server/test_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <csignal>
#include <map>
#include <thread>

namespace palabre::aws {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using test::scripted_server;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr std::string_view fine =
    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nx-amz-crc32: 2745614147\r\n\r\n{}";
constexpr std::string_view damaged =
    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nx-amz-crc32: 1\r\n\r\n{}";
constexpr std::string_view stumbled =
    "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n";
constexpr std::string_view throttled =
    "HTTP/1.1 400 Bad Request\r\nContent-Length: 71\r\n\r\n"
    R"({"__type":"com.amazonaws.dynamodb.v20120810#ThrottlingException","m":1})";
constexpr std::string_view wrong =
    "HTTP/1.1 400 Bad Request\r\nContent-Length: 47\r\n\r\n"
    R"({"__type":"com.amazon.coral#ValidationError"}  )";
constexpr std::string_view later =
    "HTTP/1.1 503 Slow\r\nContent-Length: 0\r\nx-amz-retry-after: 1500\r\n\r\n";

int count(const std::string& text, std::string_view of) {
    int found = 0;
    for (std::size_t at = text.find(of); at != std::string::npos; at = text.find(of, at + 1))
        ++found;
    return found;
}

class clients : public ::testing::Test {
protected:
    clients() { std::signal(SIGPIPE, SIG_IGN); }

    client to(const scripted_server& behind, std::string base_path = "") {
        service of{
            behind.where(),
            {.region = "eu-west-3", .service = "dynamodb"},
            dynamodb_rules,
            json_error_code
        };
        of.where.base_path = std::move(base_path);
        client::world around{
            [this] { return now_; },
            [] { return 0.5; },
            [this](milliseconds pause) { waits_.push_back(pause); },
        };
        return {std::move(of), who_, roots_, std::move(around)};
    }
    static response ask(client& by, milliseconds time = seconds(20)) {
        request asked;
        asked.headers = {{"X-Amz-Target", "DynamoDB_20120810.Query"}};
        asked.body = "{}";
        return by.call(asked, client::clock::now() + time);
    }

    const variables nothing_ = among({});
    trust roots_{nothing_};
    timestamp now_{1'440'938'160'000};
    std::map<std::string, std::string> keys_{
        {"AWS_ACCESS_KEY_ID", "AKID"}, {"AWS_SECRET_ACCESS_KEY", "secret"}
    };
    credential_source who_{among(keys_), [this] { return now_; }, roots_};
    std::vector<milliseconds> waits_;
};

TEST_F(clients, sign_what_they_send) {
    scripted_server service({{{.answer = fine}}});
    client by = to(service, "/below");
    EXPECT_EQ(ask(by).status, 200U);
    const std::string heard = service.heard();
    EXPECT_THAT(heard, HasSubstr("POST /below/ HTTP/1.1\r\n"));
    EXPECT_THAT(heard, HasSubstr("x-amz-date: 20150830T123600Z\r\n"));
    EXPECT_THAT(
        heard,
        HasSubstr("authorization: AWS4-HMAC-SHA256 "
                  "Credential=AKID/20150830/eu-west-3/dynamodb/aws4_request, "
                  "SignedHeaders=host;x-amz-date;x-amz-target, Signature=")
    );
}

TEST_F(clients, keep_their_connection) {
    scripted_server service({{{.answer = fine}, {.answer = wrong}, {.answer = fine}}});
    client by = to(service);
    by.warm_up(client::clock::now() + seconds(20));
    EXPECT_EQ(ask(by).status, 200U);
    EXPECT_EQ(ask(by).status, 400U);
    EXPECT_EQ(ask(by).status, 200U);
    EXPECT_EQ(service.accepted(), 1);
    EXPECT_THAT(waits_, ElementsAre()) << "what is wrong stays wrong";
}

TEST_F(clients, try_again_what_may_succeed) {
    scripted_server service({{{.answer = stumbled}, {.answer = throttled}, {.answer = fine}}});
    client by = to(service);
    EXPECT_EQ(ask(by).status, 200U);
    EXPECT_THAT(waits_, ElementsAre(milliseconds(12), milliseconds(1'000)));
    EXPECT_EQ(count(service.heard(), "authorization: "), 3) << "signed anew each time";
}

TEST_F(clients, wait_as_they_are_asked) {
    scripted_server service({{{.answer = later}, {.answer = fine}}});
    client by = to(service);
    EXPECT_EQ(ask(by).status, 200U);
    EXPECT_THAT(waits_, ElementsAre(milliseconds(1'500)));
}

TEST_F(clients, give_the_last_answer_when_none_was_better) {
    scripted_server service({std::vector<scripted_server::turn>(4, {.answer = stumbled})});
    client by = to(service);
    EXPECT_EQ(ask(by).status, 500U);
    EXPECT_EQ(waits_.size(), 3U);
}

TEST_F(clients, do_not_believe_a_damaged_answer) {
    scripted_server service({{{.answer = damaged}, {.answer = fine}}});
    client by = to(service);
    EXPECT_EQ(ask(by).body, "{}");
    EXPECT_THAT(waits_, ElementsAre(milliseconds(12)));

    scripted_server never({std::vector<scripted_server::turn>(4, {.answer = damaged})});
    client in_vain = to(never);
    EXPECT_THROW(static_cast<void>(ask(in_vain)), connection_error);
}

TEST_F(clients, survive_lost_answers) {
    scripted_server service(
        {{{.answer = "", .closes = true}},
         {{.answer = "HTTP/1.1 2", .closes = true}},
         {{.answer = fine}}}
    );
    client by = to(service);
    EXPECT_EQ(ask(by).status, 200U);
    EXPECT_EQ(service.accepted(), 3);
}

TEST_F(clients, do_not_begin_what_cannot_end_in_time) {
    scripted_server service({{{.answer = stumbled}, {.answer = fine}}});
    client by = to(service);
    EXPECT_EQ(ask(by, milliseconds(105)).status, 500U);
    EXPECT_THAT(waits_, ElementsAre());
}

TEST_F(clients, serve_many_threads_with_a_connection_each) {
    palabre::testing::test_server served;
    service of{{false, "127.0.0.1", served.port(), ""}, {}, usual_rules, json_error_code};
    client by(std::move(of), who_, roots_, {[this] { return now_; }, [] { return 0.5; }, {}});
    std::atomic<int> answered = 0;
    std::vector<std::thread> threads;
    threads.reserve(4);
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int j = 0; j < 25; ++j) {
                request asked;
                asked.method = "GET";
                asked.path = "/now";
                const auto got = by.call(asked, client::clock::now() + seconds(20));
                if (got.body == "now") ++answered;
            }
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    EXPECT_EQ(answered, 100);
    EXPECT_LE(served.running.stats().connections_accepted, 4U);
}

TEST_F(clients, say_that_there_are_no_credentials) {
    const test::temporary_folder home;
    credential_source nobody(
        among({{"HOME", home.path().string()}}), [this] { return now_; }, roots_
    );
    try {
        static_cast<void>(nobody.get(client::clock::now()));
        FAIL();
    } catch (const std::runtime_error& error) {
        EXPECT_THAT(error.what(), HasSubstr("set AWS_ACCESS_KEY_ID"));
        EXPECT_THAT(error.what(), HasSubstr(home.path().string()));
    }
}

TEST_F(clients, find_a_profile_at_home) {
    const test::temporary_folder home;
    home.write(
        ".aws/credentials", "[default]\naws_access_key_id=AKID\naws_secret_access_key=secret\n"
    );
    credential_source somebody(
        among({{"HOME", home.path().string()}}), [this] { return now_; }, roots_
    );
    EXPECT_EQ(somebody.get(client::clock::now()).access_key_id, "AKID");
}

// Five minutes before they end, a container is asked for others.
TEST_F(clients, renew_the_credentials_of_a_container) {
    const auto with = [](const std::string& id, std::string_view end) {
        const std::string json = R"({"AccessKeyId":")" + id +
                                 R"(","SecretAccessKey":"s","Token":"t","Expiration":")" +
                                 std::string(end) + "\"}";
        return "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " +
               std::to_string(json.size()) + "\r\n\r\n" + json;
    };
    const std::string first = with("FIRST", "2015-08-30T13:36:00Z");
    const std::string second = with("SECOND", "2015-08-30T14:36:00Z");
    scripted_server container(
        {{{.answer = first, .closes = true}}, {{.answer = second, .closes = true}}}
    );
    credential_source role(
        among(
            {{"AWS_CONTAINER_CREDENTIALS_FULL_URI",
              "http://" + host_header(container.where()) + "/v2/credentials"},
             {"AWS_CONTAINER_AUTHORIZATION_TOKEN", "the-token"}}
        ),
        [this] { return now_; },
        roots_
    );
    const auto id = [&] { return role.get(client::clock::now() + seconds(20)).access_key_id; };
    EXPECT_EQ(id(), "FIRST");
    now_.ms += 54 * 60 * 1000;
    EXPECT_EQ(id(), "FIRST");
    now_.ms += 60 * 1000;
    EXPECT_EQ(id(), "SECOND");
    EXPECT_THAT(container.heard(), HasSubstr("GET /v2/credentials HTTP/1.1"));
    EXPECT_THAT(container.heard(), HasSubstr("Authorization: the-token"));
}

TEST(error_codes, are_found_where_services_put_them) {
    EXPECT_EQ(json_error_code({400, {{"X-Amzn-ErrorType", "A:http://x"}}, ""}), "A");
    EXPECT_EQ(json_error_code({400, {}, R"({"__type":"x#B","message":"m"})"}), "B");
    EXPECT_EQ(json_error_code({400, {}, "<html>"}), "");
    EXPECT_EQ(json_error_code({400, {}, R"({"__type":1})"}), "");
}

}  // namespace
}  // namespace palabre::aws
