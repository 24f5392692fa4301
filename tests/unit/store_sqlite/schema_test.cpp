// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/schema.hpp"

#include "contract/comment_store/vocabulary.hpp"
#include "faulty_disk.hpp"
#include "sqlite_ground.hpp"

namespace palabre::store {
namespace {

using contract::a_comment;
using contract::id_of;

class sqlite_schema : public sqlite_ground {
protected:
    // A database as the version before would have left it.
    void make_version(std::int64_t version, const char* data) {
        std::ofstream(file()).close();
        auto db = plain();
        const auto mark = "PRAGMA application_id = " + std::to_string(application_id);
        db.execute(mark.c_str());
        migrate(db, version);
        ASSERT_EQ(db.number("PRAGMA user_version"), version);
        db.execute(data);
    }
};

// What palabre wrote at version 1: comment 1, held comment 2 which replies to it.
constexpr const char* data_of_version_1 = R"(
INSERT INTO sections (section_no, section_id, published) VALUES (7, 'projets', 1);
INSERT INTO comments (id, section_no, at, author, text, html, renderer, parent, depth, website,
                      edited_at, state, verified)
VALUES (x'00000000000070008000000000000001', 7, 1600000001000, 'Zoé', 'comment 1',
        '<p>comment 1</p>' || char(10), 1, NULL, 0, NULL, NULL, 0, 0),
       (x'00000000000070008000000000000002', 7, 1600000002000, 'Zoé', 'comment 2',
        '<p>comment 2</p>' || char(10), 1, x'00000000000070008000000000000001', 1, NULL, NULL, 1, 0);
)";

TEST_F(sqlite_schema, goes_from_version_0_to_1) {
    make_version(0, "SELECT 1");
    auto db = plain();
    migrate(db, 1);
    EXPECT_EQ(db.number("PRAGMA user_version"), 1);
    EXPECT_EQ(db.number("SELECT count(*) FROM comments"), 0);
}

TEST_F(sqlite_schema, goes_from_version_1_to_2_with_its_data) {
    make_version(1, data_of_version_1);
    const auto store = open();
    EXPECT_EQ(plain().number("PRAGMA user_version"), schema_version);

    auto reply = contract::held(a_comment(2));
    reply.parent = id_of(1);
    reply.depth = 1;
    EXPECT_EQ(store->find(id_of(1)), a_comment(1));
    EXPECT_EQ(store->find_any(id_of(2)), reply);
    EXPECT_EQ(store->count_held(), 1U);
    EXPECT_EQ(store->list({contract::usual_section, std::nullopt, 9}).total, 1U);

    const auto key = contract::once(clock_, "key", 1);
    EXPECT_EQ(store->post(a_comment(3), key).status, post_status::stored);
    EXPECT_EQ(store->post(a_comment(4), key).status, post_status::replayed);
}

TEST_F(sqlite_schema, goes_from_version_2_to_3_and_can_moderate_what_it_had) {
    make_version(2, data_of_version_1);
    const auto store = open();
    audit_entry entry;
    entry.id = id_of(100);
    entry.what = action::publish;
    entry.about = id_of(2);
    EXPECT_EQ(store->decide(entry)->after, comment_state::published);
    EXPECT_EQ(store->list({contract::usual_section, std::nullopt, 9}).comments.size(), 2U);
    entry.id = id_of(101);
    entry.what = action::remove;
    entry.about = id_of(1);
    EXPECT_EQ(store->decide(entry)->after, comment_state::deleted) << "comment 2 answers it";
    EXPECT_FALSE(store->list({contract::usual_section, std::nullopt, 9}).closed);
}

TEST_F(sqlite_schema, goes_from_version_3_to_4_and_takes_keys) {
    make_version(3, "SELECT 1");
    api_key key;
    key.id = "key";
    const auto store = open();
    store->add_key(key);
    EXPECT_EQ(store->find_key("key"), key);
}

TEST_F(sqlite_schema, goes_from_version_4_to_5_and_seals_what_it_had) {
    make_version(4, data_of_version_1);
    static_cast<void>(open());
    EXPECT_EQ(plain().number("SELECT count(*) FROM comments WHERE length(digest) = 8"), 2);
    EXPECT_EQ(plain().number("SELECT count(DISTINCT digest) FROM comments"), 2);
}

// As version 5 numbered them: in the order of arrival, whatever their section.
constexpr const char* two_sections_of_version_5 = R"(
INSERT INTO sections (section_no, section_id, published) VALUES (7, 'projets', 2), (8, 'bilan', 1);
INSERT INTO comments (comment_no, id, section_no, at, author, text, html, renderer, parent, depth,
                      website, edited_at, state, verified)
VALUES (1, x'00000000000070008000000000000002', 7, 1600000002000, 'Zoé', 'comment 2',
        '<p>comment 2</p>' || char(10), 1, NULL, 0, NULL, NULL, 0, 0),
       (2, x'00000000000070008000000000000003', 8, 1600000003000, 'Zoé', 'comment 3',
        '<p>comment 3</p>' || char(10), 1, NULL, 0, NULL, NULL, 0, 0),
       (3, x'00000000000070008000000000000001', 7, 1600000001000, 'Zoé', 'comment 1',
        '<p>comment 1</p>' || char(10), 1, NULL, 0, NULL, NULL, 0, 0);
)";

TEST_F(sqlite_schema, goes_from_version_5_to_6_and_puts_the_comments_of_a_section_together) {
    make_version(5, two_sections_of_version_5);
    const auto store = open();
    const auto page = store->list({contract::usual_section, std::nullopt, 9});
    EXPECT_EQ(page.comments, (std::vector{a_comment(2), a_comment(1)}));

    EXPECT_EQ(store->post(a_comment(4), std::nullopt).status, post_status::stored);
    auto first_of_another = a_comment(5);
    first_of_another.section = "missions";
    EXPECT_EQ(store->post(first_of_another, std::nullopt).status, post_status::stored);

    auto db = plain();
    constexpr const char* places =
        "SELECT group_concat((comment_no >> 32) || '.' || (comment_no & 4294967295) || '=' || "
        "substr(hex(id), 32), ' ') FROM (SELECT comment_no, id FROM comments ORDER BY comment_no)";
    statement query(db, places);
    auto rows = query.run();
    ASSERT_TRUE(rows.next());
    EXPECT_EQ(rows.text(0), "7.1=1 7.2=2 7.3=4 8.1=3 9.1=5");
}

TEST_F(sqlite_schema, stays_at_its_version_when_a_step_fails) {
    // A table that stands in the way of version 2.
    make_version(1, "CREATE TABLE idempotency (a)");
    EXPECT_THROW(static_cast<void>(open()), store_error);
    auto db = plain();
    EXPECT_EQ(db.number("PRAGMA user_version"), 1);
    db.execute("DROP TABLE idempotency");
    EXPECT_NO_THROW(static_cast<void>(open()));
}

TEST_F(sqlite_schema, stays_at_its_version_on_a_full_disk_and_goes_on_when_there_is_room) {
    faulty_disk disk;
    make_version(1, data_of_version_1);
    disk.set(disk_fault::full);
    EXPECT_THROW(static_cast<void>(open()), store_error);
    disk.set(disk_fault::none);
    EXPECT_EQ(plain().number("PRAGMA user_version"), 1);
    EXPECT_EQ(open()->find(id_of(1)), a_comment(1));
    EXPECT_EQ(plain().number("PRAGMA user_version"), schema_version);
}

TEST_F(sqlite_schema, makes_the_same_tables_step_by_step_as_at_once) {
    constexpr const char* columns =
        "SELECT count(*) FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'";
    make_version(1, data_of_version_1);
    static_cast<void>(open());
    const auto stepwise = plain().number(columns);
    std::filesystem::remove(file());
    static_cast<void>(open());
    EXPECT_EQ(plain().number(columns), stepwise);
    EXPECT_EQ(
        plain().number("SELECT count(*) FROM pragma_integrity_check() "
                       "WHERE integrity_check = 'ok'"),
        1
    );
}

TEST_F(sqlite_schema, lets_two_programs_migrate_at_a_time) {
    make_version(1, data_of_version_1);
    auto one = plain();
    auto two = plain();
    migrate(one);
    EXPECT_NO_THROW(migrate(two));
    EXPECT_EQ(two.number("PRAGMA user_version"), schema_version);
}

}  // namespace
}  // namespace palabre::store
