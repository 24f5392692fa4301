// SPDX-License-Identifier: Apache-2.0
// `palabre keys` and `palabre moderate`, as a person in a terminal has them.
#include "unit/cli/program.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace palabre::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::Not;

class in_the_terminal : public ::testing::Test {
protected:
    outcome palabre(std::vector<std::string> arguments) {
        return run(here_.path(), std::move(arguments));
    }

    // A held comment, brought by an import. Its id.
    std::string hold_a_comment(const std::string& text) {
        const auto file = here_.write(
            "export.xml",
            R"(<?xml version="1.0"?>
<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<wp:wxr_version>1.2</wp:wxr_version>
<item><title>Post</title><link>https://a.example/blog/post/</link><wp:post_id>1</wp:post_id>
<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<wp:comment><wp:comment_id>2</wp:comment_id><wp:comment_author>Ada</wp:comment_author>
<wp:comment_date_gmt>2020-01-01 00:00:00</wp:comment_date_gmt><wp:comment_content>)" +
                text +
                R"(</wp:comment_content>
<wp:comment_approved>0</wp:comment_approved><wp:comment_type>comment</wp:comment_type>
<wp:comment_parent>0</wp:comment_parent></wp:comment></item></channel></rss>
)"
        );
        EXPECT_EQ(palabre({"import", "wordpress", file}).code, 0);
        return palabre({"moderate", "list"}).output.substr(0, 36);
    }

    temporary_folder here_;
};

TEST_F(in_the_terminal, a_key_is_shown_once_and_its_secret_never_again) {
    const auto made = palabre({"keys", "add", "my blog", "--origin", "https://blog.example"});
    ASSERT_EQ(made.code, 0) << made.complaints;
    ASSERT_THAT(made.output, MatchesRegex("plb_[0-9a-z]{10}_[0-9a-z]{40}\n"));
    EXPECT_THAT(made.complaints, HasSubstr("allowed_origins"));
    const auto listed = palabre({"keys", "list"});
    const auto id = made.output.substr(4, 10);
    EXPECT_THAT(
        listed.output,
        AllOf(HasSubstr(id), HasSubstr("my blog"), HasSubstr("for https://blog.example"))
    );
    EXPECT_THAT(listed.output, Not(HasSubstr(made.output.substr(15, 40))));
}

TEST_F(in_the_terminal, a_key_can_be_taken_back) {
    const auto id = palabre({"keys", "add", "anna", "--role", "moderator"}).output.substr(4, 10);
    EXPECT_EQ(palabre({"keys", "revoke", id}).code, 0);
    EXPECT_THAT(palabre({"keys", "list"}).output, HasSubstr("REVOKED"));
    const auto unknown = palabre({"keys", "revoke", "nothing"});
    EXPECT_EQ(unknown.code, 1);
    EXPECT_THAT(unknown.complaints, HasSubstr("there is no key with the id nothing"));
}

TEST_F(in_the_terminal, keys_that_make_no_sense_are_refused) {
    EXPECT_EQ(palabre({"keys", "add", "x", "--role", "king"}).code, 2);
    EXPECT_EQ(palabre({"keys", "add"}).code, 2);
    EXPECT_THAT(palabre({"keys", "add", " "}).complaints, HasSubstr("1 to 60 characters"));
    EXPECT_THAT(
        palabre({"keys", "add", "x", "--origin", "https://blog.example/page"}).complaints,
        HasSubstr("without a path")
    );
    EXPECT_THAT(palabre({"keys", "list"}).output, IsEmpty());
}

TEST_F(in_the_terminal, a_held_comment_is_listed_shown_and_published) {
    const auto id = hold_a_comment("Hello there");
    EXPECT_THAT(
        palabre({"moderate", "list"}).output, AllOf(HasSubstr("/blog/post"), HasSubstr("Hello"))
    );
    EXPECT_EQ(
        palabre({"moderate", "publish", id, "--note", "a friend"}).output, "1 of 1: publish\n"
    );
    EXPECT_THAT(palabre({"moderate", "list"}).output, IsEmpty());
    EXPECT_THAT(
        palabre({"moderate", "show", id}).output,
        AllOf(
            HasSubstr("status   published"),
            HasSubstr("Hello there"),
            HasSubstr("by terminal:"),
            HasSubstr("(a friend)")
        )
    );
    EXPECT_THAT(palabre({"moderate", "audit"}).output, HasSubstr(id));
}

TEST_F(in_the_terminal, all_of_a_state_are_decided_about_at_once) {
    hold_a_comment("Hello there");
    EXPECT_EQ(palabre({"moderate", "spam", "--all", "held"}).output, "1 of 1: spam\n");
    EXPECT_THAT(palabre({"moderate", "list", "--status", "spam"}).output, HasSubstr("Hello"));
    EXPECT_EQ(palabre({"moderate", "delete", "--all", "spam"}).output, "1 of 1: delete\n");
    EXPECT_THAT(palabre({"moderate", "list", "--status", "spam"}).output, IsEmpty());
}

TEST_F(in_the_terminal, what_is_not_there_is_said) {
    EXPECT_EQ(palabre({"moderate", "publish", "nothing"}).code, 1);
    EXPECT_EQ(palabre({"moderate", "show", "nothing"}).code, 1);
    EXPECT_THAT(
        palabre({"moderate", "publish"}).complaints, HasSubstr("name comments by their ids")
    );
    EXPECT_THAT(
        palabre({"moderate", "list", "--status", "gone"}).complaints,
        HasSubstr("held, published, rejected or spam")
    );
}

TEST_F(in_the_terminal, a_section_is_closed_and_opened_again) {
    EXPECT_EQ(palabre({"moderate", "close", "/blog//post/"}).output, "/blog/post is closed.\n");
    EXPECT_EQ(palabre({"moderate", "reopen", "/blog/post"}).output, "/blog/post is open.\n");
    EXPECT_THAT(palabre({"moderate", "audit", "--limit", "1"}).output, HasSubstr("reopen"));
}

}  // namespace
}  // namespace palabre::test
