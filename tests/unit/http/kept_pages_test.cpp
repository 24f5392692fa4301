// SPDX-License-Identifier: Apache-2.0
#include "http/kept_pages.hpp"

#include "support/fakes.hpp"

#include <gtest/gtest.h>

namespace palabre::http {
namespace {

class kept_pages_test : public ::testing::Test {
protected:
    static page_request of(std::string section, encoding coding = encoding::identity) {
        return {{std::move(section), std::nullopt, std::nullopt}, coding};
    }

    // What a reader gets when the store says `json`: what was kept, or that.
    std::string read(kept_pages& from, const page_request& asked, const std::string& json) {
        const auto place = from.look(asked);
        return place.found ? place.found->bytes : from.keep(place, asked, json)->bytes;
    }

    test::fake_clock clock_;
    page_cache cache_{1'000'000};
    test::told_stamps stamps_;
    kept_pages alone_{{cache_, nullptr}, clock_};
    kept_pages shared_{{cache_, &stamps_}, clock_};
};

TEST_F(kept_pages_test, are_found_at_once_where_the_cache_hears_of_every_write) {
    const auto asked = of("projets");
    EXPECT_EQ(alone_.find_at_once(asked), nullptr);
    EXPECT_EQ(read(alone_, asked, "old"), "old");
    ASSERT_NE(alone_.find_at_once(asked), nullptr);
    EXPECT_EQ(read(alone_, asked, "new"), "old");
    cache_.section_changed("projets");
    EXPECT_EQ(alone_.find_at_once(asked), nullptr);
    EXPECT_EQ(read(alone_, asked, "new"), "new");
}

TEST_F(kept_pages_test, are_kept_by_the_stamp_where_others_write) {
    const auto asked = of("projets");
    EXPECT_EQ(read(shared_, asked, "first"), "first");
    EXPECT_EQ(stamps_.asked, 0) << "the first reader does not wait for a stamp";
    EXPECT_EQ(read(shared_, asked, "second"), "second");
    EXPECT_EQ(read(shared_, asked, "third"), "second");
    EXPECT_EQ(shared_.find_at_once(asked), nullptr) << "to ask may take a while";
    stamps_.now = "2";
    clock_.advance_ms(kept_pages::stamp_believed_ms);
    EXPECT_EQ(read(shared_, asked, "fourth"), "fourth");
    EXPECT_EQ(read(shared_, asked, "fifth"), "fourth");
}

TEST_F(kept_pages_test, have_their_stamp_asked_for_once_a_second) {
    for (int i = 0; i < 5; ++i)
        read(shared_, of("projets"), "page");
    EXPECT_EQ(stamps_.asked, 1);
    clock_.advance_ms(kept_pages::stamp_believed_ms - 1);
    stamps_.now = "2";
    EXPECT_EQ(read(shared_, of("projets"), "new"), "page");
    EXPECT_EQ(stamps_.asked, 1);
    clock_.advance_ms(1);
    EXPECT_EQ(read(shared_, of("projets"), "new"), "new");
    EXPECT_EQ(stamps_.asked, 2);
}

// What a write of this process drops from the cache is not found by a stamp that is still believed.
TEST_F(kept_pages_test, are_dropped_by_a_write_that_the_cache_hears_of) {
    for (int i = 0; i < 2; ++i)
        EXPECT_EQ(read(shared_, of("projets"), "old"), "old");
    cache_.section_changed("projets");
    EXPECT_EQ(read(shared_, of("projets"), "new"), "new");
}

TEST_F(kept_pages_test, are_not_kept_while_the_store_is_not_sure) {
    const auto asked = of("projets");
    stamps_.now.reset();
    for (const char* json : {"1", "2", "3"})
        EXPECT_EQ(read(shared_, asked, json), json);
    EXPECT_EQ(cache_.bytes(), 0U);
    EXPECT_EQ(stamps_.asked, 2) << "such an answer is not believed for a second";
}

TEST_F(kept_pages_test, end_after_a_while_whatever_the_stamp_says) {
    const auto asked = of("projets");
    for (const char* json : {"old", "old", "new"})
        EXPECT_EQ(read(shared_, asked, json), "old");
    clock_.advance_ms(kept_pages::kept_with_stamp_ms);
    EXPECT_EQ(read(shared_, asked, "new"), "new");
}

TEST_F(kept_pages_test, of_other_sections_limits_and_encodings_are_others) {
    auto few = of("projets");
    few.wanted.limit = 3;
    const std::string much(5'000, 'x');
    for (int i = 0; i < 2; ++i) {
        EXPECT_EQ(read(shared_, of("projets"), much), much);
        EXPECT_EQ(read(shared_, few, "few"), "few");
        EXPECT_EQ(read(shared_, of("bilan"), "bilan"), "bilan");
        EXPECT_LT(read(shared_, of("projets", encoding::gzip), much).size(), 200U);
    }
}

TEST_F(kept_pages_test, are_as_they_are_and_ask_nobody_when_there_is_no_cache) {
    page_cache none(0);
    kept_pages never({none, &stamps_}, clock_);
    const std::string much(5'000, 'x');
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(read(never, of("projets", encoding::gzip), much), much);
    EXPECT_EQ(stamps_.asked, 0);
}

}  // namespace
}  // namespace palabre::http
