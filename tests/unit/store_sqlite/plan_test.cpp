// SPDX-License-Identifier: Apache-2.0
#include "sqlite_ground.hpp"
#include "store/sqlite/sql.hpp"

namespace palabre::store {
namespace {

// What would be slow on a large database is told by SQLite's plan on a small one.
class sqlite_plan : public sqlite_ground {
protected:
    std::string plan_of(const char* sql) {
        const auto store = open();
        auto db = plain();
        statement query(db, (std::string("EXPLAIN QUERY PLAN ") + sql).c_str());
        auto rows = query.run();
        std::string plan;
        while (rows.next()) {
            // The row of a query that has no table of its own, such as SELECT EXISTS (…).
            if (rows.text(3) != "SCAN CONSTANT ROW") plan += rows.text(3) + "\n";
        }
        return plan;
    }
};

TEST_F(sqlite_plan, pages_come_straight_from_the_index_of_shown_comments) {
    for (const char* sql : {sql::list_newest, sql::list_older, sql::list_newer}) {
        const auto plan = plan_of(sql);
        EXPECT_THAT(plan, testing::HasSubstr("USING INDEX comments_shown (section_no=?"));
        EXPECT_THAT(plan, testing::Not(testing::HasSubstr("TEMP B-TREE"))) << sql;
        EXPECT_THAT(plan, testing::Not(testing::HasSubstr("SCAN"))) << sql;
    }
}

TEST_F(sqlite_plan, a_cursor_is_sought_and_not_counted_to) {
    EXPECT_THAT(plan_of(sql::list_older), testing::HasSubstr("(section_no=? AND (at,id)<(?,?))"));
    EXPECT_THAT(plan_of(sql::list_newer), testing::HasSubstr("(section_no=? AND (at,id)>(?,?))"));
    for (const char* sql : {sql::any_at_or_newer, sql::any_at_or_older}) {
        EXPECT_THAT(
            plan_of(sql), testing::HasSubstr("INDEX comments_shown (section_no=? AND (at,id)")
        ) << sql;
    }
}

TEST_F(sqlite_plan, nothing_else_scans_comments_or_sorts) {
    for (const char* sql : {sql::add_comment,     sql::find_published,
                            sql::find_any,        sql::find_section,
                            sql::next_renderer,   sql::list_by_renderer,
                            sql::comment_exists,  sql::replace_html,
                            sql::recall_key,      sql::forget_expired,
                            sql::add_to_count,    sql::list_published_in_section,
                            sql::list_state,      sql::list_state_in_section,
                            sql::list_audit,      sql::list_audit_about,
                            sql::set_state,       sql::edit_comment,
                            sql::has_replies,     sql::make_tombstone,
                            sql::erase_comment,   sql::find_key,
                            sql::take_daily_post, sql::forget_days}) {
        const auto plan = plan_of(sql);
        EXPECT_THAT(plan, testing::Not(testing::HasSubstr("SCAN"))) << sql;
        EXPECT_THAT(plan, testing::Not(testing::HasSubstr("TEMP B-TREE"))) << sql;
    }
    EXPECT_THAT(plan_of(sql::count_held), testing::HasSubstr("COVERING INDEX comments_by_state"));
    EXPECT_THAT(
        plan_of(sql::largest_sections), testing::HasSubstr("COVERING INDEX sections_by_size")
    );
    EXPECT_THAT(plan_of(sql::largest_sections), testing::Not(testing::HasSubstr("TEMP B-TREE")));
}

}  // namespace
}  // namespace palabre::store
