// SPDX-License-Identifier: Apache-2.0
#include "archive/record_json.hpp"

#include "contract/records/vocabulary.hpp"

namespace palabre::archive {
namespace {

using contract::everything;
using testing::HasSubstr;

template <class record>
std::string line_of(const record& of) {
    std::string line;
    append_line(line, of);
    return line;
}

std::string replaced(std::string in, std::string_view what, std::string_view by) {
    const auto at = in.find(what);
    EXPECT_NE(at, std::string::npos) << what << " in " << in;
    return in.replace(at, what.size(), by);
}

TEST(record_json, comes_back_as_it_was) {
    const auto all = everything();
    for (const auto& each : all.comments)
        EXPECT_EQ(parse_comment(line_of(each)), each) << line_of(each);
    for (const auto& each : all.audit)
        EXPECT_EQ(parse_audit_entry(line_of(each)), each) << line_of(each);
    for (const auto& each : all.keys)
        EXPECT_EQ(parse_key(line_of(each)), each) << line_of(each);
    for (const auto& each : all.closed) {
        std::string line;
        append_section_line(line, each);
        EXPECT_EQ(parse_section(line), each);
    }
}

TEST(record_json, is_one_line_whatever_it_holds) {
    for (const auto& each : everything().comments) {
        EXPECT_EQ(line_of(each).find('\n'), line_of(each).size() - 1);
    }
}

// As docs/formats/backup.md has it.
TEST(record_json, is_what_is_documented) {
    EXPECT_EQ(
        line_of(contract::reply_to(1, contract::a_comment(2))),
        R"({"id":"00000000-0000-7000-8000-000000000002","section":"projets",)"
        R"("at":"2020-09-13T12:26:42.000Z","author":"Zoé","text":"comment 2",)"
        R"("html":"<p>comment 2</p>\n","renderer":1,)"
        R"("parent":"00000000-0000-7000-8000-000000000001","depth":1,"state":"published",)"
        R"("heldBecause":"","verified":false})"
        "\n"
    );
}

struct bad_line {
    std::string what;
    std::string by;
    std::string complaint;
};

TEST(record_json, refuses_a_comment_with_anything_wrong) {
    const auto good = line_of(contract::a_full_comment(2));
    const std::vector<bad_line> cases{
        {"\"id\":\"0", "\"id\":\"g", "id"},
        {"\"renderer\":4000000000", "\"renderer\":4294967296", "renderer"},
        {"\"renderer\":4000000000", "\"renderer\":-1", "renderer"},
        {"\"renderer\":4000000000", "\"renderer\":1.5", "renderer"},
        {"\"at\":\"2020", "\"at\":\"10000", "at"},
        {"\"state\":\"held\"", "\"state\":\"lost\"", "state"},
        {"\"state\":\"held\"", "\"state\":1", "state"},
        {"\"state\":\"held\",", "", "state"},
        {"\"section\":\"/блог/été", "\"section\":\"", "section"},
        {"\"section\":\"/", "\"section\":\"" + std::string(512, 'x'), "section"},
        {"\"section\":\"/", "\"section\":\"\\u0000", "section"},
        {"\"verified\":true", "\"verified\":1", "verified"},
        {"\"verified\":true", "\"verified\":true,\"score\":3", "not known"},
        {"\"parent\":\"0", "\"parent\":\"", "parent"},
        {"\"website\":\"https", "\"website\":null,\"x\":\"", "website"},
        {"{", "[", "JSON"},
        {"}", "}}", "JSON"},
        {"é", "\xc3", "JSON"},
    };
    for (const auto& each : cases) {
        const auto read = parse_comment(replaced(good, each.what, each.by));
        ASSERT_FALSE(read) << each.what << " → " << each.by;
        EXPECT_THAT(read.error(), HasSubstr(each.complaint));
    }
}

TEST(record_json, refuses_other_records_with_anything_wrong) {
    const auto entry = line_of(contract::an_entry(1, action::publish));
    EXPECT_FALSE(parse_audit_entry(replaced(entry, "\"publish\"", "\"praise\"")));
    EXPECT_FALSE(parse_audit_entry(replaced(entry, "\"section\":\"projets\"", "\"section\":\"\"")));
    const auto key = line_of(contract::a_whole_key(1));
    EXPECT_FALSE(parse_key(replaced(key, "\"sha256\":\"01", "\"sha256\":\"")));
    EXPECT_FALSE(parse_key(replaced(key, "[\"https://one.example\"", "[\"two words\"")));
    EXPECT_FALSE(parse_key(replaced(key, "[\"https://one.example\"", "[7")));
    EXPECT_FALSE(parse_key(replaced(key, "\"role\":\"moderator\"", "\"role\":\"king\"")));
    EXPECT_FALSE(parse_section(R"({"section":"x","closed":false})"));
    EXPECT_FALSE(parse_section(R"({"section":"x"})"));
    EXPECT_FALSE(parse_section(""));
}

TEST(record_json, refuses_lines_beyond_the_limit) {
    auto long_one = contract::a_comment(1);
    long_one.text.assign(line_bytes_max, 'x');
    EXPECT_FALSE(parse_comment(line_of(long_one)));
    long_one.text.resize(line_bytes_max - 1000);
    EXPECT_TRUE(parse_comment(line_of(long_one)));
}

TEST(record_json, finds_what_could_not_be_read_back) {
    auto bad = contract::a_comment(1);
    bad.text = "\xff";
    EXPECT_TRUE(find_problem(bad));
    bad = contract::a_comment(1);
    bad.state = static_cast<comment_state>(5);
    EXPECT_TRUE(find_problem(bad));
    bad = contract::a_comment(1);
    bad.at.ms = -1;
    EXPECT_TRUE(find_problem(bad));
    bad = contract::a_comment(1, "");
    EXPECT_TRUE(find_problem(bad));
    for (const auto& each : everything().comments)
        EXPECT_EQ(find_problem(each), std::nullopt) << each.section;
}

}  // namespace
}  // namespace palabre::archive
