// SPDX-License-Identifier: Apache-2.0
#include "runtime/lambda/escaped_bodies.hpp"

#include "runtime/lambda/gateway_answer.hpp"

#include <gtest/gtest.h>

namespace palabre::lambda {
namespace {

http::shared_bytes shared(std::string text) {
    const auto owner = std::make_shared<const std::string>(std::move(text));
    return {owner, *owner};
}

TEST(escaped_bodies, give_a_body_as_json_and_the_same_text_again) {
    escaped_bodies bodies;
    const auto body = shared("{\"a\":\"é\\n\"}");
    const auto text = bodies.text_of(body);
    EXPECT_EQ(text, R"("{\"a\":\"é\\n\"}")");
    EXPECT_EQ(bodies.text_of(body).data(), text.data());
}

TEST(escaped_bodies, tell_two_parts_of_one_text_from_each_other) {
    escaped_bodies bodies;
    const auto whole = shared("abcdef");
    const http::shared_bytes part{whole.owner, whole.bytes.substr(0, 3)};
    EXPECT_EQ(bodies.text_of(whole), "\"abcdef\"");
    EXPECT_EQ(bodies.text_of(part), "\"abc\"");
    EXPECT_EQ(bodies.text_of(whole), "\"abcdef\"");
}

// An address that is used again by another body must not bring back the old one.
TEST(escaped_bodies, keep_what_they_know_alive) {
    escaped_bodies bodies;
    std::weak_ptr<const void> gone;
    {
        const auto body = shared("a");
        gone = body.owner;
        EXPECT_EQ(bodies.text_of(body), "\"a\"");
    }
    EXPECT_FALSE(gone.expired());
}

TEST(escaped_bodies, forget_the_oldest_when_they_are_too_many) {
    escaped_bodies bodies;
    std::weak_ptr<const void> first;
    constexpr std::size_t each_bytes = escaped_bodies::bytes_max / 4;
    for (int i = 0; i < 8; ++i) {
        const auto body = shared(std::string(each_bytes, 'x'));
        if (i == 0) first = body.owner;
        EXPECT_EQ(bodies.text_of(body).size(), each_bytes + 2);
    }
    EXPECT_TRUE(first.expired());
    const auto huge = shared(std::string(escaped_bodies::bytes_max * 2, 'x'));
    EXPECT_EQ(bodies.text_of(huge).size(), escaped_bodies::bytes_max * 2 + 2);
}

TEST(escaped_bodies, change_no_answer) {
    escaped_bodies bodies;
    http::request asked;
    for (const char* text : {"{\"a\":\"é\\n\"}", "", "\xff\xfe"}) {
        http::response answer;
        answer.body = shared(text);
        const auto anew = gateway_answer(answer, asked, payload::v1);
        for (int i = 0; i < 2; ++i)
            EXPECT_EQ(gateway_answer(answer, asked, payload::v1, &bodies), anew);
        asked.verb = http::method::head;
        EXPECT_EQ(
            gateway_answer(answer, asked, payload::v1, &bodies),
            gateway_answer(answer, asked, payload::v1)
        );
        asked.verb = http::method::get;
    }
}

}  // namespace
}  // namespace palabre::lambda
