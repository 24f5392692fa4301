// SPDX-License-Identifier: Apache-2.0
#include "service/moderate_comments.hpp"

#include "store/memory/memory_store.hpp"
#include "support/drafts.hpp"
#include "support/fakes.hpp"

#include <gtest/gtest.h>

namespace palabre {
namespace {

class moderate_test : public testing::Test {
protected:
    void hold(std::uint64_t count) {
        for (std::uint64_t n = 1; n <= count; ++n) {
            auto made = test::nth_comment(n);
            made.state = comment_state::held;
            store_.post(made, std::nullopt);
        }
    }

    errc decision_error(std::vector<std::string> ids, std::string what, std::string note = {}) {
        const auto done = moderate_.decide({std::move(ids), std::move(what), std::move(note), "t"});
        return done ? errc::internal_error : done.error().code;
    }

    static std::string id_of(std::uint64_t n) { return to_string(test::nth_comment(n).id); }

    test::fake_clock clock_;
    test::counting_ids ids_;
    store::memory_store store_{clock_};
    moderate_comments moderate_{{store_, store_, clock_, ids_}};
};

TEST_F(moderate_test, walks_a_queue_by_cursor) {
    hold(5);
    std::vector<std::string> seen;
    std::optional<std::string> cursor;
    do {
        const auto found = moderate_.list({"held", std::nullopt, cursor, 2});
        ASSERT_TRUE(found);
        for (const auto& one : found->comments)
            seen.push_back(to_string(one.id));
        cursor = found->next_cursor;
    } while (cursor);
    EXPECT_EQ(seen, (std::vector<std::string>{id_of(5), id_of(4), id_of(3), id_of(2), id_of(1)}));
}

TEST_F(moderate_test, a_cursor_is_for_its_own_queue) {
    hold(3);
    const auto cursor = moderate_.list({"held", std::nullopt, std::nullopt, 1})->next_cursor;
    ASSERT_TRUE(cursor);
    EXPECT_EQ(moderate_.list({"spam", std::nullopt, cursor, 1}).error().code, errc::invalid_cursor);
    EXPECT_EQ(moderate_.list({"held", "projets", cursor, 1}).error().code, errc::invalid_cursor);
    EXPECT_EQ(moderate_.list_audit(cursor, 1).error().code, errc::invalid_cursor);
}

TEST_F(moderate_test, refuses_queues_that_are_none) {
    for (const char* status : {"deleted", "x", ""}) {
        EXPECT_EQ(
            moderate_.list({status, std::nullopt, std::nullopt, 1}).error().code,
            errc::invalid_status
        );
    }
    EXPECT_EQ(
        moderate_.list({"held", "a\nb", std::nullopt, 1}).error().code, errc::invalid_section
    );
}

TEST_F(moderate_test, decides_about_each_by_itself) {
    hold(2);
    const auto done = moderate_.decide({{id_of(1), id_of(9), "x", id_of(2)}, "publish", "", "me"});
    ASSERT_TRUE(done);
    ASSERT_EQ(done->size(), 4U);
    EXPECT_TRUE((*done)[0].done);
    EXPECT_FALSE((*done)[1].done);
    EXPECT_FALSE((*done)[2].done);
    EXPECT_TRUE((*done)[3].done);
    EXPECT_EQ(store_.list({"projets", std::nullopt, 10}).total, 2U);
    const auto audit = moderate_.list_audit(std::nullopt, 10);
    ASSERT_EQ(audit->entries.size(), 2U);
    EXPECT_EQ(audit->entries[0].by, "me");
}

TEST_F(moderate_test, refuses_what_is_no_decision) {
    hold(1);
    EXPECT_EQ(decision_error({id_of(1)}, "edit"), errc::invalid_decision);
    EXPECT_EQ(decision_error({id_of(1)}, "close"), errc::invalid_decision);
    EXPECT_EQ(decision_error({id_of(1)}, ""), errc::invalid_decision);
    EXPECT_EQ(decision_error({}, "publish"), errc::invalid_decision);
    EXPECT_EQ(decision_error({id_of(1)}, "publish", "a\nb"), errc::invalid_decision);
    const std::string longest(audit_note_characters_max, 'a');
    EXPECT_EQ(decision_error({id_of(1)}, "publish", longest + "a"), errc::invalid_decision);
    EXPECT_EQ(
        decision_error(std::vector(decisions_max + 1, id_of(1)), "publish"), errc::invalid_decision
    );
    EXPECT_EQ(store_.count_held(), 1U);
    EXPECT_TRUE(moderate_.decide({std::vector(decisions_max, id_of(1)), "publish", longest, "t"}));
}

TEST_F(moderate_test, shows_a_comment_with_its_history) {
    hold(1);
    (void)moderate_.decide({{id_of(1)}, "reject", "rude", "me"});
    const auto shown = moderate_.show(id_of(1));
    ASSERT_TRUE(shown);
    EXPECT_EQ(shown->about.state, comment_state::rejected);
    ASSERT_EQ(shown->entries.size(), 1U);
    EXPECT_EQ(shown->entries[0].note, "rude");
    EXPECT_EQ(moderate_.show(id_of(2)).error().code, errc::unknown_comment);
    EXPECT_EQ(moderate_.show("x").error().code, errc::unknown_comment);
}

TEST_F(moderate_test, closes_a_section_under_its_folded_name) {
    EXPECT_EQ(moderate_.set_closed({"/blog//x/", true, "", "me"}).value(), "/blog/x");
    EXPECT_TRUE(store_.list({"/blog/x", std::nullopt, 1}).closed);
    EXPECT_EQ(moderate_.set_closed({"", true, "", "me"}).error().code, errc::invalid_section);
    EXPECT_EQ(moderate_.set_closed({"a", true, "\x07", "me"}).error().code, errc::invalid_decision);
}

}  // namespace
}  // namespace palabre
