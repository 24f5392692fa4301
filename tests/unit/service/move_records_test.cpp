// SPDX-License-Identifier: Apache-2.0
#include "service/move_records.hpp"

#include "contract/records/vocabulary.hpp"
#include "store/memory/memory_store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace palabre {
namespace {

using contract::a_comment;
using contract::all_records;
using contract::everything;
using contract::id_of;

class values final : public record_source {
public:
    explicit values(all_records all) : all_(std::move(all)) {}
    void read_all(record_sink& to) override {
        for (const auto& each : all_.closed)
            to.put_closed_section(each);
        to.expect_comments(all_.comments.size());
        for (const auto& each : all_.comments)
            to.put_comment(each);
        for (const auto& each : all_.audit)
            to.put_audit_entry(each);
        for (const auto& each : all_.keys)
            to.put_key(each);
    }

private:
    all_records all_;
};

// Breaks after so many comments. What came before resume() is not taken again.
class breaking_sink final : public record_sink {
public:
    void put_closed_section(std::string_view section) override { got.put_closed_section(section); }
    void put_comment(const comment& each) override {
        if (has && each.id <= *has) return;
        if (got.got.comments.size() == breaks_after) throw store_error("gone");
        got.put_comment(each);
    }
    void put_audit_entry(const audit_entry& each) override { got.put_audit_entry(each); }
    void put_key(const api_key& each) override { got.put_key(each); }
    void finish() override { got.finish(); }
    void resume() {
        has = got.got.comments.back().id;
        got.got.closed.clear();
        breaks_after = 1'000;
    }

    contract::collecting_sink got;
    std::optional<comment_id> has;
    std::size_t breaks_after = 1'000;
};

record_tally tally(all_records all) {
    values home(std::move(all));
    return tally_of(home, {});
}

TEST(move_records, gives_everything_and_finishes) {
    values from(everything());
    breaking_sink into;
    const auto sent = move_records(from, into, {});
    EXPECT_EQ(into.got.got, everything());
    EXPECT_TRUE(into.got.finished);
    EXPECT_EQ(sent, tally(everything()));
    EXPECT_EQ(sent.comments, 7U);
    EXPECT_EQ(sent.closed_sections, 2U);
}

TEST(move_records, goes_on_where_it_was_interrupted) {
    values from(everything());
    breaking_sink into;
    into.breaks_after = 3;
    EXPECT_THROW(static_cast<void>(move_records(from, into, {})), store_error);
    EXPECT_FALSE(into.got.finished);
    into.resume();
    const auto sent = move_records(from, into, {});
    EXPECT_EQ(into.got.got, everything()) << "a comment came twice or not at all";
    EXPECT_EQ(sent, tally(everything())) << "what was there already belongs to the tally";
}

TEST(move_records, tells_how_far_it_is) {
    values from(everything());
    breaking_sink into;
    std::vector<std::uint64_t> told;
    static_cast<void>(move_records(from, into, [&](const move_progress& now) {
        EXPECT_EQ(now.at, move_progress::stage::moving);
        EXPECT_EQ(now.comments_total, 7U);
        told.push_back(now.comments);
    }));
    EXPECT_THAT(told, testing::ElementsAre(1, 2, 3, 4, 5, 6, 7));
}

TEST(record_tally, is_the_same_in_any_order) {
    auto turned = everything();
    std::ranges::reverse(turned.comments);
    std::ranges::reverse(turned.audit);
    std::ranges::reverse(turned.keys);
    EXPECT_EQ(tally(turned), tally(everything()));
    EXPECT_EQ(difference_between(tally(turned), tally(everything())), std::nullopt);
}

TEST(record_tally, tells_what_is_missing) {
    const auto whole = tally(everything());
    auto less = everything();
    less.comments.pop_back();
    EXPECT_EQ(difference_between(whole, tally(less)), "7 comments were sent and 6 are there");
    less = everything();
    less.closed.pop_back();
    EXPECT_THAT(*difference_between(whole, tally(less)), testing::HasSubstr("closed sections"));
    less = everything();
    less.keys.pop_back();
    EXPECT_THAT(*difference_between(whole, tally(less)), testing::HasSubstr("keys"));
    less = everything();
    less.audit.pop_back();
    EXPECT_THAT(*difference_between(whole, tally(less)), testing::HasSubstr("audit entries"));
}

// Every field counts: none can change on the way without being noticed.
TEST(record_tally, tells_of_a_single_change) {
    const auto whole = tally(everything());
    const std::vector<std::function<void(all_records&)>> changes = {
        [](all_records& of) { of.comments[1].text += ' '; },
        [](all_records& of) { of.comments[1].html += ' '; },
        [](all_records& of) { of.comments[1].author += ' '; },
        [](all_records& of) { ++of.comments[1].at.ms; },
        [](all_records& of) { of.comments[1].website.reset(); },
        [](all_records& of) { of.comments[1].edited_at.reset(); },
        [](all_records& of) { of.comments[1].parent = id_of(5); },
        [](all_records& of) { ++of.comments[1].depth; },
        [](all_records& of) { of.comments[1].held_because.clear(); },
        [](all_records& of) { of.comments[1].verified = false; },
        [](all_records& of) { --of.comments[1].renderer; },
        [](all_records& of) { of.comments[1].section += 'x'; },
        [](all_records& of) { of.comments[1].state = comment_state::rejected; },
        [](all_records& of) { of.audit[0].note += '.'; },
        [](all_records& of) { of.keys[0].hash[31] ^= 1U; },
        [](all_records& of) { of.closed[0] += '/'; },
    };
    for (std::size_t i = 0; i < changes.size(); ++i) {
        auto changed = everything();
        changes[i](changed);
        EXPECT_EQ(
            difference_between(whole, tally(changed)),
            "as many records are there as were sent, and not the same"
        ) << "change "
          << i;
    }
}

// Equal records must not cancel each other out, as they would with an exclusive or.
TEST(record_tally, counts_the_same_record_twice_as_two) {
    auto twice = all_records{{"a", "a"}, {}, {}, {}};
    auto other = all_records{{"b", "b"}, {}, {}, {}};
    EXPECT_NE(tally(twice).sum, tally(other).sum);
    EXPECT_NE(tally(twice).sum, record_tally{}.sum);
}

}  // namespace
}  // namespace palabre
