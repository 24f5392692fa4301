// SPDX-License-Identifier: Apache-2.0
#include "http/read_body.hpp"

#include "support/asking.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace palabre::http {
namespace {

using test::asking;
using testing::ElementsAre;
using testing::HasSubstr;

result<raw_draft> read(const std::string& body, const std::string& type = "application/json") {
    const auto ask = asking("POST", "/commentaires").with("content-type", type).body(body);
    auto got = read_draft(ask.request());
    if (!got) return refused(got.error());
    return std::move(got->draft);
}

form_signals signals_in(const std::string& members) {
    const auto ask = asking("POST", "/commentaires").json("{" + members + "}");
    return read_draft(ask.request()).value().signals;
}

TEST(read_draft, reads_what_the_form_tells_of_itself) {
    EXPECT_FALSE(signals_in("").trap_filled);
    EXPECT_EQ(signals_in("").elapsed_ms, std::nullopt);
    EXPECT_FALSE(signals_in(R"("email":"")").trap_filled);
    EXPECT_FALSE(signals_in(R"("email":null)").trap_filled);
    EXPECT_TRUE(signals_in(R"("email":"me@example.org")").trap_filled);
    EXPECT_TRUE(signals_in(R"("email":{})").trap_filled);
    EXPECT_EQ(signals_in(R"("elapsedMs":1500)").elapsed_ms, 1500);
    EXPECT_EQ(signals_in(R"("elapsedMs":1.5e3)").elapsed_ms, 1500);
    EXPECT_EQ(signals_in(R"("elapsedMs":-1)").elapsed_ms, -1);
    EXPECT_EQ(signals_in(R"("elapsedMs":1e300)").elapsed_ms, std::nullopt);
    EXPECT_EQ(signals_in(R"("elapsedMs":"1500")").elapsed_ms, std::nullopt);
}

TEST(read_draft, takes_strings_and_notes_other_types) {
    const auto draft =
        read(R"({"sectionId":"projets","author":7,"text":["x"],"website":null,"other":{"a":1}})");
    ASSERT_TRUE(draft);
    EXPECT_EQ(draft->section_id, "projets");
    EXPECT_EQ(draft->author, std::nullopt);
    EXPECT_EQ(draft->website, std::nullopt);
    EXPECT_THAT(draft->wrong_types, ElementsAre(field::author, field::text));
}

TEST(read_draft, reads_escapes_as_json_means_them) {
    const auto draft = read(R"({"text":"\u00e9\ud83d\ude00\n\"\\"})");
    ASSERT_TRUE(draft);
    EXPECT_EQ(draft->text, "é😀\n\"\\");
}

TEST(read_draft, insists_on_json) {
    for (const char* type :
         {"application/json",
          "Application/JSON",
          "application/json; charset=utf-8",
          "application/json;charset=\"UTF-8\""}) {
        EXPECT_TRUE(read("{}", type)) << type;
    }
    for (const char* type :
         {"",
          "text/plain",
          "application/x-www-form-urlencoded",
          "application/jsonp",
          "application/json; charset=latin1",
          "multipart/form-data; boundary=application/json"}) {
        const auto draft = read("{}", type);
        ASSERT_FALSE(draft) << type;
        EXPECT_EQ(draft.error().code, errc::not_json);
    }
}

TEST(read_draft, explains_what_is_no_json) {
    const std::pair<std::string, const char*> cases[] = {
        {"", "empty"},
        {" \n", "empty"},
        {"{", "stops being JSON"},
        {"{\"text\":\"x\"", "stops being JSON"},
        {"{} {}", "at byte 4"},
        {"{'text':1}", "at byte 2"},
        {"[1]", "JSON object"},
        {"\"text\"", "JSON object"},
        {"{\"text\":\"\xff\"}", "UTF-8"},
        {R"({"text":"\ud800"})", "stops being JSON"},
        {"{\"text\":NaN}", "stops being JSON"},
        {std::string(100'000, '['), "16 levels"},
    };
    for (const auto& [body, words] : cases) {
        const auto draft = read(body);
        ASSERT_FALSE(draft) << body.substr(0, 40);
        EXPECT_EQ(draft.error().code, errc::malformed_json);
        EXPECT_THAT(draft.error().detail, HasSubstr(words)) << body.substr(0, 40);
    }
}

TEST(read_draft, takes_json_as_deep_as_the_limit) {
    const auto nested = [](std::size_t depth) {
        return "{\"other\":" + std::string(depth - 1, '[') + std::string(depth - 1, ']') + "}";
    };
    EXPECT_TRUE(read(nested(json_depth_max)));
    EXPECT_FALSE(read(nested(json_depth_max + 1)));
}

TEST(read_text, takes_the_text) {
    const auto ask = asking("POST", "/commentaires/preview").json(R"({"text":"*a*"})");
    EXPECT_EQ(read_text(ask.request()).value(), "*a*");
    const auto wrong = asking("POST", "/commentaires/preview").json(R"({"text":1})");
    EXPECT_EQ(read_text(wrong.request()).error().code, errc::invalid_fields);
}

}  // namespace
}  // namespace palabre::http
