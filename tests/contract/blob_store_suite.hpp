// SPDX-License-Identifier: Apache-2.0
#pragma once

// What every blob store must do. Include it in one source of a test program, and instantiate it as
// tests/contract/comment_store_suite.hpp says of its own.
#include "ports/blob_store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <thread>

namespace palabre::contract {

// A store, and whatever it stands on.
struct made_blobs {
    std::shared_ptr<void> ground;
    std::unique_ptr<blob_store> store;
};

struct blob_case {
    std::string name;
    std::function<made_blobs()> make;
    int listings = 300;  // while another writes; fewer where each is a call to a server
};

inline std::ostream& operator<<(std::ostream& out, const blob_case& each) {
    return out << each.name;
}

inline void put_blob(blob_store& to, std::string_view name, std::string_view bytes) {
    const auto writer = to.put(name);
    writer->write(bytes.substr(0, bytes.size() / 2));
    writer->write(bytes.substr(bytes.size() / 2));
    writer->commit();
}

// "none" when there is no such blob.
inline std::string get_blob(blob_store& from, std::string_view name) {
    const auto reader = from.get(name);
    if (!reader) return "none";
    std::string all;
    std::array<char, 7> some{};
    while (const auto got = reader->read(some))
        all.append(some.data(), got);
    return all;
}

class blob_store_suite : public testing::TestWithParam<blob_case> {
protected:
    blob_store& store() { return *made_.store; }
    std::vector<std::string> names(std::string_view prefix = "") {
        std::vector<std::string> all;
        for (const auto& each : store().list(prefix))
            all.push_back(each.name);
        return all;
    }

    made_blobs made_{GetParam().make()};
};

using testing::ElementsAre;
using testing::IsEmpty;

TEST_P(blob_store_suite, gives_back_what_was_put) {
    std::string every;
    for (int i = 0; i < 70'000; ++i)
        every.push_back(static_cast<char>(i * 7));
    put_blob(store(), "a/b.bin", every);
    put_blob(store(), "a/empty", "");
    EXPECT_EQ(get_blob(store(), "a/b.bin"), every);
    EXPECT_EQ(get_blob(store(), "a/empty"), "");
    EXPECT_EQ(get_blob(store(), "a/c"), "none");
    EXPECT_EQ(get_blob(store(), "a/b.bin/c"), "none");
}

TEST_P(blob_store_suite, shows_nothing_before_commit) {
    {
        const auto writer = store().put("a/b");
        writer->write("half");
        EXPECT_THAT(names(), IsEmpty());
        EXPECT_EQ(get_blob(store(), "a/b"), "none");
    }
    EXPECT_THAT(names(), IsEmpty());
    put_blob(store(), "a/b", "whole");
    {
        store().put("a/b")->write("half of another");
    }
    EXPECT_EQ(get_blob(store(), "a/b"), "whole");
}

TEST_P(blob_store_suite, puts_one_in_the_place_of_another) {
    put_blob(store(), "a/b", "one");
    put_blob(store(), "a/b", "other");
    EXPECT_EQ(get_blob(store(), "a/b"), "other");
    EXPECT_THAT(store().list(""), ElementsAre(blob_entry{"a/b", 5}));
}

TEST_P(blob_store_suite, lists_by_prefix_and_name) {
    EXPECT_THAT(names(), IsEmpty());
    for (const char* name : {"b/1", "a/2", "a/1", "ab/1", "b/c/d"})
        put_blob(store(), name, "x");
    EXPECT_THAT(names(), ElementsAre("a/1", "a/2", "ab/1", "b/1", "b/c/d"));
    EXPECT_THAT(names("a"), ElementsAre("a/1", "a/2", "ab/1"));
    EXPECT_THAT(names("a/"), ElementsAre("a/1", "a/2"));
    EXPECT_THAT(names("c"), IsEmpty());
}

TEST_P(blob_store_suite, moves_all_below_a_name_to_where_nothing_is) {
    put_blob(store(), "new/1", "one");
    put_blob(store(), "new/2", "two");
    put_blob(store(), "kept/1", "old");
    store().move("new", "done", "2");
    EXPECT_THAT(names(), ElementsAre("done/1", "done/2", "kept/1"));
    EXPECT_EQ(get_blob(store(), "done/2"), "two");
    EXPECT_THROW(store().move("done", "kept", "2"), blob_error);
    EXPECT_THROW(store().move("missing", "x", "2"), blob_error);
    EXPECT_EQ(get_blob(store(), "kept/1"), "old");
}

TEST_P(blob_store_suite, removes_all_below_a_name) {
    for (const char* name : {"a/1", "a/2", "ab/1"})
        put_blob(store(), name, "x");
    store().remove("a", "2");
    store().remove("a", "2");
    EXPECT_THAT(names(), ElementsAre("ab/1"));
}

TEST_P(blob_store_suite, refuses_names_that_lead_elsewhere) {
    for (const char* name : {"", "/a", "a/", "a//b", "..", "a/../b", "a/.b", ".a", "a b", "a\\b"}) {
        EXPECT_THROW(static_cast<void>(store().put(name)), blob_error) << name;
        EXPECT_THROW(static_cast<void>(store().get(name)), blob_error) << name;
        EXPECT_THROW(store().remove(name, "x"), blob_error) << name;
        EXPECT_THROW(store().move("a", name, "x"), blob_error) << name;
    }
}

// A backup may be made while another program lists them.
TEST_P(blob_store_suite, lists_while_others_write_and_remove) {
    put_blob(store(), "stays", "here");
    std::atomic<bool> enough = false;
    std::jthread other([&] {
        for (int i = 0; !enough; ++i) {
            const auto folder = "goes-" + std::to_string(i % 3);
            put_blob(store(), folder + "/a", "x");
            put_blob(store(), folder + "/b", "x");
            store().remove(folder, "a");
        }
    });
    for (int i = 0; i < GetParam().listings; ++i)
        EXPECT_THAT(names(), testing::Contains("stays"));
    enough = true;
}

}  // namespace palabre::contract
