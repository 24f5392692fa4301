// SPDX-License-Identifier: Apache-2.0
// What tells one state of a section's pages from the next.
#include "contract/records/vocabulary.hpp"
#include "store/dynamodb/section_item.hpp"
#include "unit/store_dynamodb/dynamodb_ground.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace palabre::contract {
namespace {

using store::dynamodb::index_settles_ms;

class stamps : public ::testing::Test {
protected:
    std::optional<std::string> stamp(std::string_view section = usual_section) {
        return store_.stamp(section);
    }
    void settle() { clock_.advance(index_settles_ms); }

    // A change that readers may see: nothing is certain at first, and then all is new.
    void expect_new_stamp(const std::string& what, const std::function<void()>& change) {
        settle();
        const auto before = stamp();
        const auto elsewhere = stamp("bilan");
        ASSERT_TRUE(before && elsewhere) << what;
        EXPECT_EQ(stamp(), before) << what;
        change();
        EXPECT_EQ(stamp(), std::nullopt) << what;
        clock_.advance(index_settles_ms - 1);
        EXPECT_EQ(stamp(), std::nullopt) << what;
        clock_.advance(1);
        ASSERT_TRUE(stamp()) << what;
        EXPECT_NE(stamp(), before) << what;
        EXPECT_EQ(stamp("bilan"), elsewhere) << what;
    }

    audit_entry entry(action what, std::uint32_t number) {
        auto made = an_entry(number, what);
        made.id = id_of(2'000'000 + ++entries_);
        made.at = clock_.now();
        return made;
    }

    manual_clock clock_;
    std::uint32_t entries_ = 0;
    test::dynamodb_ground ground_;
    store::dynamodb_store store_{ground_.client(), clock_, ground_.options()};
};

TEST_F(stamps, of_sections_that_nobody_knows_are_equal) {
    EXPECT_TRUE(stamp());
    EXPECT_EQ(stamp(), stamp("bilan"));
}

TEST_F(stamps, change_with_every_change_that_readers_may_see) {
    store_.post(a_comment(1, "bilan"), std::nullopt);
    expect_new_stamp("post", [&] { store_.post(a_comment(1000), std::nullopt); });
    expect_new_stamp("import", [&] {
        store_.add_missing(std::vector{a_comment(2), a_comment(3)});
    });
    expect_new_stamp("import of a tombstone", [&] {
        store_.add_missing(std::vector{a_tombstone(4)});
    });
    expect_new_stamp("edit", [&] {
        auto edited = a_comment(2);
        edited.text = "other";
        EXPECT_TRUE(store_.edit(edited, a_comment(2).text, entry(action::edit, 2)));
    });
    expect_new_stamp("rejection", [&] { store_.decide(entry(action::reject, 2)); });
    expect_new_stamp("publication", [&] { store_.decide(entry(action::publish, 2)); });
    expect_new_stamp("removal", [&] { store_.decide(entry(action::remove, 2)); });
    expect_new_stamp("end", [&] { store_.set_closed(entry(action::close, 0)); });
    expect_new_stamp("new beginning", [&] { store_.set_closed(entry(action::reopen, 0)); });
}

// A held reply takes the tombstone along that it kept in its place.
TEST_F(stamps, change_when_a_tombstone_goes_with_a_reply_that_nobody_saw) {
    store_.post(a_comment(1, "bilan"), std::nullopt);
    store_.post(a_comment(1000), std::nullopt);
    store_.post(held(reply_to(1000, a_comment(1001))), std::nullopt);
    store_.decide(entry(action::remove, 1000));
    EXPECT_EQ(store_.list({usual_section, {}, 9}).comments.size(), 1U);
    expect_new_stamp("removal", [&] { store_.decide(entry(action::remove, 1001)); });
    EXPECT_EQ(store_.list({usual_section, {}, 9}).comments.size(), 0U);
}

TEST_F(stamps, stay_when_a_comment_waits) {
    settle();
    const auto before = stamp();
    store_.post(held(a_comment(1)), std::nullopt);
    EXPECT_EQ(stamp(), before);
}

// By the rule for other writers, which knew nothing of stamps at first.
TEST_F(stamps, change_with_the_count_alone) {
    store_.post(a_comment(1000), std::nullopt);
    settle();
    const auto before = stamp();
    ground_.ask("UpdateItem", R"({"TableName":"TABLE","Key":{"id":{"S":"section#projets"}},
        "UpdateExpression":"ADD published :one","ExpressionAttributeValues":{":one":{"N":"1"}}})");
    EXPECT_NE(stamp(), before);
}

}  // namespace
}  // namespace palabre::contract
