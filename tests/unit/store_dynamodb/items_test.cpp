// SPDX-License-Identifier: Apache-2.0
#include "store/dynamodb/items.hpp"

#include "contract/records/vocabulary.hpp"
#include "ports/comment_store.hpp"
#include "store/dynamodb/table.hpp"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace palabre::store::dynamodb {
namespace {

using ::testing::HasSubstr;

boost::json::object parsed(const std::string& text) {
    return boost::json::parse(text).as_object();
}

std::vector<std::string> names_in(const boost::json::object& of) {
    std::vector<std::string> names;
    for (const auto& [name, value] : of)
        names.emplace_back(name);
    return names;
}

std::string refusal_of(const std::string& text) {
    try {
        static_cast<void>(read_comment(parsed(text)));
    } catch (const store_error& error) {
        return error.what();
    }
    return "taken";
}

TEST(items, come_back_as_they_were) {
    const auto all = contract::everything();
    for (const auto& each : all.comments)
        EXPECT_EQ(read_comment(parsed(item_of(each))), each);
    for (const auto& each : all.audit)
        EXPECT_EQ(read_audit_entry(parsed(item_of(each))), each);
    for (const auto& each : all.keys)
        EXPECT_EQ(read_key(parsed(item_of(each))), each);
}

// The plain items of the original vision, and what docs/formats/dynamodb.md shows.
TEST(items, are_what_the_format_says) {
    auto plain = contract::a_comment(1);
    EXPECT_EQ(
        item_of(plain),
        R"({"id":{"S":"00000000-0000-7000-8000-000000000001"},)"
        R"("timestamp":{"S":"2020-09-13T12:26:41.000Z"},"sectionId":{"S":"projets"},)"
        R"("author":{"S":"Zoé"},"text":{"S":"comment 1"},"html":{"S":"<p>comment 1</p>\n"},)"
        R"("renderer":{"N":"1"}})"
    );
    EXPECT_THAT(
        names_in(parsed(item_of(contract::held(plain)))),
        ::testing::ElementsAre(
            "id", "timestamp", "pendingSectionId", "queue", "author", "text", "html", "renderer"
        )
    );
    EXPECT_THAT(
        names_in(parsed(item_of(contract::a_tombstone(1)))),
        ::testing::ElementsAre("id", "timestamp", "sectionId", "deleted", "renderer")
    );
}

TEST(items, of_other_clients_need_no_more_than_the_vision_names) {
    const auto read = read_comment(parsed(
        R"({"id":{"S":"00000000-0000-7000-8000-000000000001"},"sectionId":{"S":"projets"},)"
        R"("timestamp":{"S":"2026-11-22T17:45:00.000Z"},"author":{"S":"A"},"text":{"S":"t"}})"
    ));
    EXPECT_EQ(read.text, "t");
    EXPECT_EQ(read.state, comment_state::published);
    EXPECT_EQ(read.renderer, 0U);
}

TEST(items, that_are_none_are_refused_by_name) {
    const std::string id = R"("id":{"S":"00000000-0000-7000-8000-000000000001"})";
    const std::string section = R"(,"sectionId":{"S":"s"})";
    const std::string time = R"(,"timestamp":{"S":"2026-11-22T17:45:00.000Z"})";
    EXPECT_EQ(refusal_of("{" + id + section + time + "}"), "taken");
    EXPECT_THAT(refusal_of("{" + id + section + "}"), HasSubstr("no valid timestamp"));
    EXPECT_THAT(
        refusal_of("{" + id + section + R"(,"timestamp":{"N":"1"}})"), HasSubstr("timestamp")
    );
    EXPECT_THAT(refusal_of("{" + id + time + "}"), HasSubstr("no valid queue"));
    EXPECT_THAT(
        refusal_of("{" + id + time + R"(,"queue":{"S":"published"}})"), HasSubstr("no valid queue")
    );
    EXPECT_THAT(
        refusal_of(R"({"id":{"S":"mine"})" + section + time + "}"),
        HasSubstr(R"(the item "mine" of the table has no valid id)")
    );
    EXPECT_THAT(
        refusal_of("{" + id + section + time + R"(,"renderer":{"N":"-1"}})"), HasSubstr("renderer")
    );
    EXPECT_THAT(
        refusal_of("{" + id + section + time + R"(,"parentId":{"S":"x"}})"), HasSubstr("parentId")
    );
    EXPECT_THROW(static_cast<void>(read_key(parsed("{" + id + time + "}"))), store_error);
    EXPECT_THROW(static_cast<void>(read_audit_entry(parsed("{" + id + time + "}"))), store_error);
}

TEST(items, are_told_apart_by_their_ids) {
    EXPECT_TRUE(is_comment(parsed(item_of(contract::a_comment(1)))));
    EXPECT_FALSE(is_comment(parsed(item_of(contract::a_whole_key(1)))));
    EXPECT_EQ(section_item_id("a#b"), "section#a#b");
    EXPECT_EQ(name_in_id(parsed(R"({"id":{"S":"section#a#b"}})"), prefix::section), "a#b");
    EXPECT_EQ(
        once_item_id(""), "once#e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    );
    EXPECT_EQ(quota_item_id("k", 20'000), "quota#k#20000");
}

TEST(attribute_values, are_read_as_nothing_when_they_are_of_another_type) {
    const auto odd = parsed(R"({"a":{"N":"1x"},"b":{"N":"9223372036854775808"},"c":1,"d":{"S":2},)"
                            R"("e":{"B":"*"},"f":{"BOOL":"true"},"g":{"L":[{"N":"1"}]}})");
    EXPECT_EQ(find_number(odd, "a"), std::nullopt);
    EXPECT_EQ(find_number(odd, "b"), std::nullopt);
    EXPECT_EQ(find_text(odd, "c"), std::nullopt);
    EXPECT_EQ(find_text(odd, "d"), std::nullopt);
    EXPECT_EQ(find_bytes(odd, "e"), std::nullopt);
    EXPECT_FALSE(flag_of(odd, "f"));
    EXPECT_TRUE(find_texts(odd, "g").empty());
}

}  // namespace
}  // namespace palabre::store::dynamodb
