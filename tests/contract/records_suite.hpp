// SPDX-License-Identifier: Apache-2.0
#pragma once

// What every home must do that gives its records to backups and takes them back:
//
//     #include "contract/records_suite.hpp"
//     INSTANTIATE_TEST_SUITE_P(name, palabre::contract::records_suite,
//         testing::Values(palabre::contract::home_case{"name", make_home}));
//
// Include it in one source of the program only.
#include "contract/records/vocabulary.hpp"

namespace palabre::contract {

// A home that was made by giving all these records to its sink.
struct made_home {
    std::shared_ptr<void> ground;
    std::unique_ptr<comment_store> store;
    record_source* source = nullptr;
    moderation_store* moderation = nullptr;
    key_store* keys = nullptr;
};

using home_maker = std::function<made_home(const clock&, const all_records&)>;

// Whether read_all gives everything as it stood at one moment (ports/record_source.hpp).
enum class reading { one_moment, over_a_while };

struct home_case {
    std::string name;
    home_maker make;
    reading how = reading::one_moment;
};

inline std::ostream& operator<<(std::ostream& out, const home_case& each) {
    return out << each.name;
}

class records_suite : public testing::TestWithParam<home_case> {
protected:
    made_home home_of(const all_records& all) { return GetParam().make(clock_, all); }

    manual_clock clock_;
};

TEST_P(records_suite, everything_comes_back_in_order) {
    const auto home = home_of(everything());
    EXPECT_EQ(records_of(*home.source), everything());
}

TEST_P(records_suite, nothing_comes_back_from_nothing) {
    const auto home = home_of({});
    EXPECT_EQ(records_of(*home.source), all_records{});
}

// Not only the records are there: what the home makes of them is as if they had come one by one.
TEST_P(records_suite, a_home_made_of_records_serves) {
    const auto home = home_of(everything());
    const auto shown = home.store->list({usual_section, std::nullopt, 10});
    EXPECT_EQ(numbers(shown.comments), (std::vector<std::uint32_t>{6, 5, 1}));
    EXPECT_EQ(shown.total, 2U);
    EXPECT_TRUE(shown.closed);
    EXPECT_EQ(home.store->count_held(), 2U);
    EXPECT_EQ(home.store->find_any(id_of(2)), a_full_comment(2));
    EXPECT_EQ(
        home.store->post(a_comment(9, "/closed/without/comments"), std::nullopt).status,
        post_status::closed
    );
    EXPECT_EQ(home.store->post(a_comment(9, "x"), std::nullopt).status, post_status::stored);
    EXPECT_EQ(home.store->largest_sections(5).at(0).published, 2U);
    const auto queue = home.moderation->list_queue({comment_state::spam, "", std::nullopt, 5});
    EXPECT_EQ(numbers(queue.comments), std::vector<std::uint32_t>{4});
    EXPECT_EQ(home.moderation->list_audit({std::nullopt, std::nullopt, 99}).size(), 7U);
    EXPECT_EQ(home.keys->find_key("key-3"), a_whole_key(3));
}

// Writes to the home while it is read.
class meddling_sink final : public collecting_sink {
public:
    explicit meddling_sink(const made_home& home) : home_(home) {}
    void put_comment(const comment& each) override {
        collecting_sink::put_comment(each);
        const auto number = static_cast<std::uint32_t>(1'000 + got.comments.size());
        home_.store->post(a_comment(number), std::nullopt);
        home_.moderation->set_closed(entry_of(number, "late", action::close));
        home_.moderation->decide(entry_of(number + 500, "", action::spam, each.id));
        home_.keys->revoke_key("key-1", {number});
    }

private:
    static audit_entry entry_of(
        std::uint32_t number,
        std::string section,
        action what,
        std::optional<comment_id> about = std::nullopt
    ) {
        auto entry = an_entry(number, what);
        entry.section = std::move(section);
        entry.about = about;
        return entry;
    }

    const made_home& home_;
};

TEST_P(records_suite, what_is_written_meanwhile_is_not_in_it) {
    auto before = everything();
    before.closed = {"/closed/without/comments"};
    const auto home = home_of(before);
    meddling_sink sink(home);
    home.source->read_all(sink);
    if (GetParam().how == reading::over_a_while) {
        // Every comment that was there is in it, at least.
        EXPECT_THAT(numbers(sink.got.comments), testing::IsSupersetOf(numbers(before.comments)));
        return;
    }
    EXPECT_EQ(sink.got, before);
    EXPECT_NE(records_of(*home.source), before) << "nothing was written meanwhile";
}

TEST_P(records_suite, a_sink_that_throws_ends_it_and_leaves_no_lock) {
    class full_sink final : public collecting_sink {
        void put_comment(const comment&) override { throw std::runtime_error("full"); }
    } sink;
    const auto home = home_of(everything());
    EXPECT_THROW(home.source->read_all(sink), std::runtime_error);
    EXPECT_EQ(home.store->post(a_comment(9, "x"), std::nullopt).status, post_status::stored);
    EXPECT_EQ(records_of(*home.source).comments.size(), 8U);
}

TEST_P(records_suite, an_id_that_comes_twice_is_refused) {
    auto comments = everything();
    comments.comments.push_back(comments.comments.front());
    EXPECT_THROW(home_of(comments), store_error);
    auto audit = everything();
    audit.audit.push_back(audit.audit.front());
    EXPECT_THROW(home_of(audit), store_error);
    auto keys = everything();
    keys.keys.push_back(keys.keys.front());
    EXPECT_THROW(home_of(keys), store_error);
}

}  // namespace palabre::contract
