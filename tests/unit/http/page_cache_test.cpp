// SPDX-License-Identifier: Apache-2.0
#include "http/page_cache.hpp"

#include "http/page_request.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace palabre::http {
namespace {

constexpr std::size_t megabyte = 1'000'000;

page_cache::page_ptr page_of(std::string bytes, encoding coding = encoding::identity) {
    return make_page(std::move(bytes), coding);
}

void keep(page_cache& cache, const std::string& section, const std::string& page) {
    cache.keep(cache.take_ticket(section), section, page, page_of(section + page));
}

bool has(page_cache& cache, const std::string& section, const std::string& page) {
    return cache.find(section, page, encoding::identity) != nullptr;
}

TEST(page_cache, gives_back_what_it_keeps_in_the_encoding_asked_for) {
    page_cache cache(megabyte);
    keep(cache, "projets", "20/");
    ASSERT_TRUE(has(cache, "projets", "20/"));
    EXPECT_EQ(cache.find("projets", "20/", encoding::identity)->bytes, "projets20/");
    EXPECT_EQ(cache.find("projets", "20/", encoding::brotli), nullptr);
    EXPECT_FALSE(has(cache, "projets", "21/"));
    EXPECT_FALSE(has(cache, "bilan", "20/"));
}

TEST(page_cache, drops_every_page_of_a_section_that_changed_and_no_other) {
    page_cache cache(megabyte);
    keep(cache, "projets", "20/");
    keep(cache, "projets", "20/cursor");
    keep(cache, "bilan", "20/");
    cache.section_changed("projets");
    EXPECT_FALSE(has(cache, "projets", "20/"));
    EXPECT_FALSE(has(cache, "projets", "20/cursor"));
    EXPECT_TRUE(has(cache, "bilan", "20/"));
    cache.everything_changed();
    EXPECT_FALSE(has(cache, "bilan", "20/"));
    EXPECT_EQ(cache.bytes(), 0U);
}

// The race of the header: fetched, then dropped, then kept.
TEST(page_cache, does_not_keep_a_page_that_was_fetched_before_a_write) {
    page_cache cache(megabyte);
    const auto ticket = cache.take_ticket("projets");
    cache.section_changed("projets");
    cache.keep(ticket, "projets", "20/", page_of("stale"));
    EXPECT_FALSE(has(cache, "projets", "20/"));
}

TEST(page_cache, stays_within_its_bytes_and_forgets_the_unused_first) {
    page_cache cache(megabyte);
    for (int i = 0; i < 1'000; ++i) {
        const auto section = "section " + std::to_string(i);
        cache.keep(cache.take_ticket(section), section, "", page_of(std::string(10'000, 'x')));
        EXPECT_TRUE(has(cache, section, ""));
        if (i > 0) has(cache, "section 0", "");  // stays in use
        EXPECT_LE(cache.bytes(), megabyte);
    }
    EXPECT_GT(cache.bytes(), megabyte / 2);
    EXPECT_TRUE(has(cache, "section 0", ""));
    EXPECT_FALSE(has(cache, "section 1", ""));
}

TEST(page_cache, does_not_let_one_section_fill_it) {
    page_cache cache(100 * megabyte);
    for (int i = 0; i < 1'000; ++i)
        keep(cache, "long", std::to_string(i));
    EXPECT_FALSE(has(cache, "long", "0"));
    EXPECT_TRUE(has(cache, "long", "999"));
    EXPECT_LT(cache.bytes(), std::size_t{50'000});
}

TEST(page_cache, refuses_a_page_larger_than_its_share) {
    page_cache cache(megabyte);
    cache.keep(cache.take_ticket("s"), "s", "", page_of(std::string(megabyte, 'x')));
    EXPECT_FALSE(has(cache, "s", ""));
    EXPECT_EQ(cache.bytes(), 0U);
}

TEST(page_cache, keeps_nothing_when_it_has_no_room) {
    page_cache cache(0);
    EXPECT_TRUE(cache.keeps_nothing());
    keep(cache, "s", "");
    EXPECT_FALSE(has(cache, "s", ""));
}

// Readers fetch "the store" (a number), writers raise it and drop: after the last write nobody may
// find an older number.
TEST(page_cache, never_shows_an_old_page_after_a_write_whatever_the_threads_do) {
    page_cache cache(megabyte);
    std::atomic<int> store{0};
    std::atomic<bool> done{false};
    {
        std::vector<std::jthread> readers;
        for (int i = 0; i < 3; ++i) {
            readers.emplace_back([&] {
                while (!done) {
                    if (has(cache, "s", "")) continue;
                    const auto ticket = cache.take_ticket("s");
                    cache.keep(ticket, "s", "", page_of(std::to_string(store)));
                }
            });
        }
        for (int version = 1; version <= 2'000; ++version) {
            store = version;
            cache.section_changed("s");
            const auto found = cache.find("s", "", encoding::identity);
            if (found) {
                EXPECT_EQ(found->bytes, std::to_string(version));
            }
        }
        done = true;
    }
}

}  // namespace
}  // namespace palabre::http
