// SPDX-License-Identifier: Apache-2.0
#include "store/export/sorted_items.hpp"

#include "support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace palabre::store {
namespace {

using kind = sorted_items::kind;

TEST(sorted_items, come_out_by_kind_and_place) {
    const test::temporary_folder here;
    std::string order;
    {
        sorted_items items(here.path() / "work");
        items.add(kind::key, "1", "f");
        items.add(kind::comment, "b", "d");
        items.add(kind::comment, "a", "c");
        items.add(kind::section, "é", "b");
        items.add(kind::section, "z", "a");
        items.add(kind::entry, "0", "e");
        EXPECT_TRUE(items.give_all([&](kind, std::string_view item) { order += item; }));
    }
    EXPECT_EQ(order, "abcdef");
    EXPECT_TRUE(std::filesystem::is_empty(here.path()));
}

TEST(sorted_items, that_stand_at_one_place_are_noticed_before_any_is_given) {
    const test::temporary_folder here;
    sorted_items items(here.path() / "work");
    items.add(kind::comment, "a", "x");
    items.add(kind::key, "a", "x");
    items.add(kind::comment, "a", "y");
    EXPECT_FALSE(items.give_all([](kind, std::string_view) { FAIL(); }));
}

}  // namespace
}  // namespace palabre::store
