// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "contract/comment_store/vocabulary.hpp"

namespace palabre::contract {

inline std::vector<std::pair<std::string, std::uint64_t>> pairs(
    const std::vector<section_count>& counts
) {
    std::vector<std::pair<std::string, std::uint64_t>> all;
    all.reserve(counts.size());
    for (const auto& each : counts)
        all.emplace_back(each.section, each.published);
    return all;
}

TEST_P(comment_store_suite, counts_in_the_order_asked) {
    post(a_comment(1, "b"));
    post(a_comment(2, "a"));
    post(a_comment(3, "b"));
    post(held(a_comment(4, "a")));
    const std::vector<std::string> asked{"b", "unknown", "a", "b"};
    EXPECT_THAT(
        pairs(store().counts(asked)),
        testing::ElementsAre(
            testing::Pair("b", 2),
            testing::Pair("unknown", 0),
            testing::Pair("a", 1),
            testing::Pair("b", 2)
        )
    );
    EXPECT_THAT(store().counts({}), testing::IsEmpty());
}

TEST_P(comment_store_suite, names_the_largest_sections) {
    std::uint32_t number = 0;
    for (const std::string name : {"two", "three", "one", "Two", "three", "two", "three", "Two"}) {
        post(a_comment(++number, name));
    }
    post(held(a_comment(++number, "held")));
    EXPECT_THAT(
        pairs(store().largest_sections(10)),
        testing::ElementsAre(
            testing::Pair("three", 3),
            testing::Pair("Two", 2),
            testing::Pair("two", 2),
            testing::Pair("one", 1)
        )
    );
    EXPECT_THAT(
        pairs(store().largest_sections(2)),
        testing::ElementsAre(testing::Pair("three", 3), testing::Pair("Two", 2))
    );
}

}  // namespace palabre::contract
