// SPDX-License-Identifier: Apache-2.0
#include "service/count_comments.hpp"

#include "core/limits.hpp"
#include "service/check_health.hpp"
#include "service/find_comment.hpp"
#include "service/preview_comment.hpp"
#include "store/memory/memory_store.hpp"
#include "support/drafts.hpp"
#include "support/fakes.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace palabre {
namespace {

class small_services_test : public testing::Test {
protected:
    small_services_test() {
        auto held = test::nth_comment(3);
        held.state = comment_state::held;
        const comment known[] = {test::nth_comment(1), test::nth_comment(2, "/blog/x"), held};
        store_.add_missing(known);
    }

    test::fake_clock clock_;
    store::memory_store store_{clock_};
};

using count_comments_test = small_services_test;

TEST_F(count_comments_test, answers_in_the_order_asked_with_folded_names) {
    const auto counts = count_comments(store_, {"/blog//x/?utm=1", "unknown", "projets"});
    ASSERT_TRUE(counts);
    ASSERT_EQ(counts->size(), 3U);
    EXPECT_EQ((*counts)[0].section, "/blog/x");
    EXPECT_EQ((*counts)[0].published, 1U);
    EXPECT_EQ((*counts)[1].published, 0U);
    EXPECT_EQ((*counts)[2].published, 1U);
}

TEST_F(count_comments_test, refuses_none_too_many_and_bad_ones) {
    const std::vector<std::string> most(sections_per_count_max, "s");
    EXPECT_TRUE(count_comments(store_, most));
    auto too_many = most;
    too_many.emplace_back("s");
    EXPECT_EQ(count_comments(store_, too_many).error().code, errc::too_many_sections);
    EXPECT_EQ(count_comments(store_, {}).error().code, errc::missing_section);
    EXPECT_EQ(count_comments(store_, {"a\x01"}).error().code, errc::invalid_section);
}

using find_comment_test = small_services_test;

TEST_F(find_comment_test, finds_what_is_published_and_nothing_else) {
    EXPECT_TRUE(find_comment(store_, to_string(test::nth_comment(1).id)));
    for (const std::string& id :
         {to_string(test::nth_comment(3).id),
          to_string(test::nth_comment(9).id),
          std::string("nonsense")}) {
        const auto found = find_comment(store_, id);
        ASSERT_FALSE(found) << id;
        EXPECT_EQ(found.error().code, errc::unknown_comment);
    }
}

TEST(preview_comment, renders_by_the_rules_of_a_post) {
    EXPECT_EQ(preview_comment("*a*", {}), "<p><em>a</em></p>\n");
    EXPECT_EQ(preview_comment(std::nullopt, {}).error().code, errc::invalid_fields);
    limits small;
    small.text_characters = 2;
    EXPECT_FALSE(preview_comment("abc", small));
}

TEST(check_health, runs_every_check_and_keeps_reasons_for_the_log) {
    const auto report = check_health({
        {"first", [] { throw std::runtime_error("secret path"); }, "The first part is away."},
        {"second", [] {}, "never shown"},
    });
    EXPECT_FALSE(report.passed());
    ASSERT_EQ(report.checks.size(), 2U);
    EXPECT_EQ(report.checks[0].failure, "The first part is away.");
    EXPECT_EQ(report.checks[0].reason, "secret path");
    EXPECT_EQ(report.checks[1].failure, "");
    EXPECT_TRUE(check_health({}).passed());
}

TEST(check_health, can_serve_readers_when_only_writing_is_broken) {
    const auto broken = [] { throw std::runtime_error("full"); };
    const health_check disk{"disk", broken, "Nothing can be written.", need::to_write};
    const health_check store{"store", broken, "Nothing can be read."};
    EXPECT_FALSE(check_health({disk}).passed());
    EXPECT_TRUE(check_health({disk}).can_serve());
    EXPECT_FALSE(check_health({disk, store}).can_serve());
}

}  // namespace
}  // namespace palabre
