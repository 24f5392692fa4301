// SPDX-License-Identifier: Apache-2.0
#include "aws/connection.hpp"

#include "aws/connection_error.hpp"
#include "runtime/server/self_signed.hpp"
#include "support/temporary_folder.hpp"
#include "unit/aws/among.hpp"
#include "unit/aws/scripted_server.hpp"
#include "unit/server/test_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>

namespace palabre::aws {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using test::scripted_server;
using ::testing::HasSubstr;

constexpr std::string_view hello = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-A: b\r\n\r\nhello";

class connections : public ::testing::Test {
protected:
    connections() { std::signal(SIGPIPE, SIG_IGN); }

    static connection::clock::time_point within(milliseconds time) {
        return connection::clock::now() + time;
    }
    static response ask(connection& by, milliseconds time = seconds(20)) {
        request asked;
        asked.headers = {{"Host", "somewhere"}};
        asked.path = "/path";
        asked.body = "body";
        return by.exchange(asked, within(time));
    }
    static connection_error failure(connection& by, milliseconds time = seconds(20)) {
        try {
            static_cast<void>(ask(by, time));
        } catch (const connection_error& error) {
            return error;
        }
        ADD_FAILURE() << "an answer came";
        return {"", progress::none};
    }
    trust roots_{among({})};
};

TEST_F(connections, send_a_request_and_give_the_answer) {
    scripted_server service({{{.answer = hello}}});
    connection to(service.where(), nullptr);
    request asked{"PUT", "/a%20b", "x=1", {{"Host", "h"}, {"X-Amz-Date", "now"}}, "body"};
    const response got = to.exchange(asked, within(seconds(20)));
    EXPECT_EQ(got.status, 200U);
    EXPECT_EQ(got.body, "hello");
    EXPECT_EQ(*got.find("x-a"), "b");
    EXPECT_EQ(got.find("x-b"), nullptr);
    EXPECT_EQ(
        service.heard(),
        "PUT /a%20b?x=1 HTTP/1.1\r\nHost: h\r\nX-Amz-Date: now\r\nContent-Length: 4\r\n\r\nbody"
    );
}

TEST_F(connections, take_every_shape_of_an_answer) {
    const std::vector<std::pair<std::string, std::string>> shapes{
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n",
         "hello"},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", ""},
        {"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nuntil the end", "until the end"},
        {"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na", "a"},
        {"HTTP/1.1 204 No Content\r\n\r\n", ""},
        {std::string(hello), "hello"},
    };
    for (const auto& [shape, body] : shapes) {
        for (const auto pieces : {scripted_server::pieces::whole, scripted_server::pieces::bytes}) {
            scripted_server service({{{.answer = shape, .as = pieces, .closes = true}}});
            connection to(service.where(), nullptr);
            EXPECT_EQ(ask(to).body, body) << shape;
        }
    }
}

TEST_F(connections, are_kept_and_used_again) {
    scripted_server service({{{.answer = hello}, {.answer = hello}, {.answer = hello}}});
    connection to(service.where(), nullptr);
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(ask(to).body, "hello");
    EXPECT_EQ(service.accepted(), 1);
}

TEST_F(connections, that_died_meanwhile_are_replaced_without_a_word) {
    scripted_server service({{{.answer = hello, .closes = true}}, {{.answer = hello}}});
    connection to(service.where(), nullptr);
    EXPECT_EQ(ask(to).body, "hello");
    EXPECT_EQ(ask(to).body, "hello");
    EXPECT_EQ(service.accepted(), 2);
}

// The request is on its way when the other side closes: there was no farewell to be seen.
TEST_F(connections, that_die_under_a_request_are_replaced_once) {
    scripted_server service(
        {{{.answer = hello}, {.answer = "", .closes = true}}, {{.answer = hello}}}
    );
    connection to(service.where(), nullptr);
    EXPECT_EQ(ask(to).body, "hello");
    EXPECT_EQ(ask(to).body, "hello");
    EXPECT_EQ(service.accepted(), 2);
}

TEST_F(connections, do_not_ask_twice_on_a_new_one) {
    scripted_server service({{{.answer = "", .closes = true}}, {{.answer = hello}}});
    connection to(service.where(), nullptr);
    EXPECT_EQ(failure(to).how_far(), progress::sent);
    EXPECT_EQ(service.accepted(), 1);
    EXPECT_EQ(ask(to).body, "hello") << "and can be used on";
}

TEST_F(connections, say_that_an_answer_was_cut_off) {
    scripted_server service(
        {{{.answer = hello},
          {.answer = "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhel", .closes = true}}}
    );
    connection to(service.where(), nullptr);
    EXPECT_EQ(ask(to).body, "hello");
    EXPECT_EQ(failure(to).how_far(), progress::answered);
    EXPECT_EQ(service.accepted(), 1);
}

TEST_F(connections, wait_no_longer_than_they_may) {
    scripted_server service({{{.answer = "HTTP/1.1 200 OK\r\n", .closes = false}}});
    connection to(service.where(), nullptr);
    EXPECT_THAT(failure(to, milliseconds(50)).what(), HasSubstr("no answer in time"));
}

TEST_F(connections, refuse_what_is_no_http_and_what_is_too_much) {
    scripted_server odd({{{.answer = "SSH-2.0-OpenSSH_9.2\r\n\r\n"}}});
    connection to_odd(odd.where(), nullptr);
    EXPECT_THAT(failure(to_odd).what(), HasSubstr("cannot be read"));

    const std::string huge =
        "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(connection::body_bytes_max + 1) +
        "\r\n\r\nx";
    scripted_server large({{{.answer = huge}}});
    connection to_large(large.where(), nullptr);
    EXPECT_THAT(failure(to_large).what(), HasSubstr("body limit"));
}

TEST_F(connections, expect_no_body_after_head) {
    scripted_server service(
        {{{.answer = "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n"}, {.answer = hello}}}
    );
    connection to(service.where(), nullptr);
    request head;
    head.method = "HEAD";
    head.headers = {{"Host", "somewhere"}};
    const response got = to.exchange(head, within(seconds(20)));
    EXPECT_EQ(*got.find("Content-Length"), "500");
    EXPECT_EQ(ask(to).body, "hello");
}

TEST_F(connections, say_where_nobody_answers) {
    endpoint nowhere;
    {
        const scripted_server gone({});
        nowhere = gone.where();
    }
    connection to(nowhere, nullptr);
    EXPECT_THAT(failure(to).what(), HasSubstr("cannot be reached"));
    EXPECT_EQ(failure(to).how_far(), progress::none);
}

// Names of this machine come from its hosts file.
TEST_F(connections, find_a_host_by_its_name) {
    scripted_server service({{{.answer = hello}}});
    endpoint by_name = service.where();
    by_name.host = "localhost";
    connection to(by_name, nullptr);
    EXPECT_EQ(ask(to).body, "hello");
    by_name.host = "no-such-host.invalid";
    connection lost(by_name, nullptr);
    EXPECT_THAT(failure(lost, seconds(8)).what(), HasSubstr("no-such-host.invalid was not found"));
}

class connections_over_tls : public connections {
protected:
    connections_over_tls()
        : files_(server::ensure_self_signed(folder_.path())), served_([this](server::options& o) {
              o.endpoints[0].speaks = server::transport::tls;
              o.tls = files_;
          }) {}

    endpoint where(std::string host) const { return {true, std::move(host), served_.port(), ""}; }
    static response get(connection& by, std::string path) {
        request asked{"GET", std::move(path), "", {{"Host", "localhost"}}, ""};
        return by.exchange(asked, within(seconds(20)));
    }

    test::temporary_folder folder_;
    server::tls_files files_;
    palabre::testing::test_server served_;
    trust known_{among({{"AWS_CA_BUNDLE", files_.certificate_chain.string()}})};
};

TEST_F(connections_over_tls, are_kept_too_tickets_or_not) {
    connection to(where("localhost"), &known_);
    to.open(within(seconds(20)));
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(get(to, "/now").body, "now");
    EXPECT_EQ(get(to, "/bytes").body.size(), 4096U);
    EXPECT_EQ(served_.running.stats().connections_accepted, 1U);
    connection by_address(where("127.0.0.1"), &known_);
    EXPECT_EQ(get(by_address, "/now").body, "now");
}

TEST_F(connections_over_tls, are_refused_when_the_certificate_is_somebody_elses) {
    connection stranger(where("localhost"), &roots_);
    EXPECT_THAT(failure(stranger).what(), HasSubstr("is not trusted"));
    palabre::testing::test_server elsewhere([this](server::options& o) {
        o.endpoints[0] = {.address = "127.0.0.2", .speaks = server::transport::tls};
        o.tls = files_;
    });
    connection misnamed({true, "127.0.0.2", elsewhere.port(), ""}, &known_);
    EXPECT_THAT(failure(misnamed).what(), HasSubstr("IP address mismatch"));
}

TEST(trusts, know_the_roots_of_aws_and_read_the_systems_once) {
    trust roots(among({}));
    const auto first = roots.context();
    EXPECT_TRUE(roots.learn_more(first)) << "there are certificates on this system";
    const auto more = roots.context();
    EXPECT_NE(first, more);
    EXPECT_TRUE(roots.learn_more(first)) << "somebody did already";
    EXPECT_FALSE(roots.learn_more(more));
}

TEST(trusts, say_that_a_bundle_cannot_be_read) {
    EXPECT_THROW(trust roots(among({{"AWS_CA_BUNDLE", "/no/such/file"}})), std::runtime_error);
}

}  // namespace
}  // namespace palabre::aws
